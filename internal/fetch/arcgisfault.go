package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// arcgisError is how an ArcGIS server reports a failure, mostly with status 200.
type arcgisError struct {
	Error *struct {
		Code    json.Number `json:"code"`
		Message string      `json:"message"`
		Details []string    `json:"details"`
	} `json:"error"`
}

// parseArcGISBody reads one answer of the server, after looking whether it is
// an error.
func parseArcGISBody(body []byte, into any) error {
	var failure arcgisError
	if json.Unmarshal(body, &failure) == nil && failure.Error != nil {
		return arcgisFault(failure)
	}
	if isPage(body) {
		return fmt.Errorf("%w: it is a web page; the layer may have moved or ask for a login; %s", ErrNotDataset, findAgain)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%w: it is not what an ArcGIS server answers: %w", ErrNotDataset, err)
	}
	return nil
}

// goneWords are what servers say, under codes 400 and 500, of a service that
// was renamed, stopped or removed.
var goneWords = []string{"invalid url", "not found", "does not exist", "not started", "item does not"}

// saysGone reports whether the body of an error is an ArcGIS server's word for a
// service that is no longer there. Some send it with status 400 or 500.
func saysGone(body []byte) bool {
	var failure arcgisError
	return json.Unmarshal(body, &failure) == nil && failure.Error != nil && errors.Is(arcgisFault(failure), ErrGone)
}

func arcgisFault(failure arcgisError) error {
	message := strings.ToLower(failure.Error.Message + " " + strings.Join(failure.Error.Details, " "))
	text := fmt.Sprintf("it answers with error %s, %q", said(failure.Error.Code.String()), said(failure.Error.Message))
	code := failure.Error.Code.String()
	switch {
	case code == "404" || slices.ContainsFunc(goneWords, func(words string) bool { return strings.Contains(message, words) }):
		return fmt.Errorf("%w: %s; %s", ErrGone, text, findAgain)
	case code == "401" || code == "403" || code == "498" || code == "499":
		return fmt.Errorf("%w: %s; ask the publisher for an open layer", ErrForbidden, text)
	case code == "429" || strings.HasPrefix(code, "5"):
		return &passing{err: errors.New(text)}
	}
	return fmt.Errorf("%w: %s", ErrNotDataset, text)
}
