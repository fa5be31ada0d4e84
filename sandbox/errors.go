package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// apiError is a refusal in Discord's form.
type apiError struct {
	status  int
	code    int
	message string
	faults  *faults
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s (%d)", e.status, e.message, e.code) }

func (e *apiError) MarshalJSON() ([]byte, error) {
	w := map[string]any{"message": e.message, "code": e.code}
	if e.faults != nil {
		w["errors"] = e.faults
	}
	return json.Marshal(w)
}

func refuse(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message}
}

func notFound() *apiError     { return refuse(http.StatusNotFound, 0, "404: Not Found") }
func unauthorized() *apiError { return refuse(http.StatusUnauthorized, 0, "401: Unauthorized") }

func unknownApplication() *apiError {
	return refuse(http.StatusNotFound, 10002, "Unknown Application")
}
func unknownChannel() *apiError { return refuse(http.StatusNotFound, 10003, "Unknown Channel") }
func unknownGuild() *apiError   { return refuse(http.StatusNotFound, 10004, "Unknown Guild") }
func unknownMember() *apiError  { return refuse(http.StatusNotFound, 10007, "Unknown Member") }
func unknownMessage() *apiError { return refuse(http.StatusNotFound, 10008, "Unknown Message") }
func unknownUser() *apiError    { return refuse(http.StatusNotFound, 10013, "Unknown User") }
func unknownWebhook() *apiError { return refuse(http.StatusNotFound, 10015, "Unknown Webhook") }
func unknownInteraction() *apiError {
	return refuse(http.StatusNotFound, 10062, "Unknown interaction")
}

func unknownCommand() *apiError {
	return refuse(http.StatusNotFound, 10063, "Unknown application command")
}

func unknownEvent() *apiError {
	return refuse(http.StatusNotFound, 10070, "Unknown Guild Scheduled Event")
}

func otherApplication() *apiError {
	return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
}

func tooLarge() *apiError {
	return refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
}

func acknowledgedBefore() *apiError {
	return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
}
func missingAccess() *apiError { return refuse(http.StatusForbidden, 50001, "Missing Access") }
func otherAuthor() *apiError {
	return refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
}

func emptyMessage() *apiError {
	return refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
}

func closedDMs() *apiError {
	return refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
}

func wrongChannelType() *apiError {
	return refuse(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
}

func missingPermissions() *apiError {
	return refuse(http.StatusForbidden, 50013, "Missing Permissions")
}

func expiredToken() *apiError {
	return refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
}

func invalidVersion() *apiError {
	return refuse(http.StatusBadRequest, 50041, "Invalid API version provided")
}

func invalidJSON() *apiError {
	return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
}

func invalidForm(f *faults) *apiError {
	return &apiError{status: http.StatusBadRequest, code: 50035, message: "Invalid Form Body", faults: f}
}

// faults is Discord's tree of what is wrong with a form: a level for each
// field and index, "_errors" at the place itself.
type faults struct {
	here  []fault
	below map[string]*faults
}

type fault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (f *faults) empty() bool { return len(f.here) == 0 && len(f.below) == 0 }

func (f *faults) add(path []string, code, message string) {
	for _, step := range path {
		if f.below == nil {
			f.below = map[string]*faults{}
		}
		next := f.below[step]
		if next == nil {
			next = &faults{}
			f.below[step] = next
		}
		f = next
	}
	f.here = append(f.here, fault{code, message})
}

func (f *faults) MarshalJSON() ([]byte, error) {
	w := make(map[string]any, len(f.below)+1)
	for k, v := range f.below {
		w[k] = v
	}
	if len(f.here) > 0 {
		w["_errors"] = f.here
	}
	return json.Marshal(w)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	if v == nil {
		w.WriteHeader(status)
		return
	}
	body := encode(v)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // JSON, and said to be; a client that is gone will not miss it
}
