package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// persist sends a request until it succeeds, fails for good, or has been tried
// often enough.
func (v *visit) persist(ctx context.Context, try func() error) error {
	pauses := &backoff.ExponentialBackOff{
		InitialInterval: firstPause, MaxInterval: maxPause,
		Multiplier: 2, RandomizationFactor: backoff.DefaultRandomizationFactor,
	}
	for tries, resumes := 1, 0; ; tries++ {
		err := try()
		var again *passing
		if err == nil || !errors.As(err, &again) {
			return err
		}
		if again.moved && resumes < maxResumes {
			resumes++
			tries = 1
			pauses.Reset()
		}
		if again.after > maxRetryAfter {
			return fmt.Errorf("%w: it asks to be left alone for %v; %w", ErrUnavailable, again.after, again.err)
		}
		if tries >= maxTries {
			return fmt.Errorf("%w: tried %d times; %w", ErrUnavailable, tries, again.err)
		}
		if err := v.client.options.Sleep(ctx, max(again.after, pauses.NextBackOff())); err != nil {
			return err
		}
	}
}

// retryAfter reads either form of the header: seconds, or a date.
func (v *visit) retryAfter(text string) time.Duration {
	if seconds, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, date.Sub(v.client.options.Now()))
	}
	return 0
}
