package fetch

import (
	"encoding/json"
	"fmt"
	"strings"
)

// socrataError is how a Socrata site reports a failure, mostly with a status
// that says the same.
type socrataError struct {
	Code    string `json:"code"`
	Other   string `json:"errorCode"`
	Error   bool   `json:"error"`
	Message string `json:"message"`
}

func parseSocrataBody(body []byte, into any) error {
	var failure socrataError
	if json.Unmarshal(body, &failure) == nil && (failure.Error || failure.Other != "") {
		return socrataFault(failure)
	}
	if isPage(body) {
		return fmt.Errorf("%w: it is a web page; the dataset may have moved or ask for a login; %s", ErrNotDataset, findAgain)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%w: it is not what a Socrata site answers: %w", ErrNotDataset, err)
	}
	return nil
}

func socrataFault(failure socrataError) error {
	code := failure.Other + failure.Code
	text := fmt.Sprintf("it answers with error %q, %q", said(code), said(failure.Message))
	switch {
	case strings.Contains(code, "missing") || strings.Contains(code, "not_found"):
		return fmt.Errorf("%w: %s; %s", ErrGone, text, findAgain)
	case strings.Contains(code, "permission") || strings.Contains(code, "authentication"):
		return fmt.Errorf("%w: %s; ask the publisher for an open dataset", ErrForbidden, text)
	}
	return fmt.Errorf("%w: %s", ErrNotDataset, text)
}
