package fetch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestAWatchdogThatIsPattedIsQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, dog := watch(t.Context(), maxStall)
		defer dog.rest()
		for range 10 {
			time.Sleep(maxStall - time.Second)
			dog.pat()
		}
		if ctx.Err() != nil {
			t.Fatalf("it ended: %v", context.Cause(ctx))
		}
		time.Sleep(maxStall + time.Second)
		var again *passing
		if !errors.As(context.Cause(ctx), &again) {
			t.Errorf("it did not end, or for another reason: %v", context.Cause(ctx))
		}
	})
}

func TestAMeterPatsTheWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, dog := watch(t.Context(), maxStall)
		defer dog.rest()
		v := &visit{client: New(Options{})}
		in := v.meter(slowly{}, dog, 100)
		for range 10 {
			if _, err := in.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
		}
		if ctx.Err() != nil || v.received != 10 {
			t.Errorf("after %d bytes it ended: %v", v.received, context.Cause(ctx))
		}
	})
}

// slowly gives one byte, just in time.
type slowly struct{}

func (slowly) Read(b []byte) (int, error) {
	time.Sleep(maxStall - time.Second)
	b[0] = 'x'
	return 1, nil
}
