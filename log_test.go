package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// logbook keeps what the program logs, one JSON object a line.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is all of it.
func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logbook) lines() []map[string]any {
	var all []map[string]any
	for line := range strings.Lines(l.String()) {
		one := map[string]any{}
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			one["level"], one["msg"] = "ERROR", line
		}
		all = append(all, one)
	}
	return all
}

// last is a value on the last line with a message.
func (l *logbook) last(message, key string) string {
	for _, line := range slices.Backward(l.lines()) {
		if line["msg"] == message {
			return fmt.Sprint(line[key])
		}
	}
	return ""
}
