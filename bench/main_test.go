package bench

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"
)

// roleEnv makes this test program one of the bare programs that Talkoot is
// compared with.
const roleEnv = "TALKOOT_BENCH_ROLE"

// workshop is the folder in which Talkoot is built.
var workshop string

func TestMain(m *testing.M) {
	if role := os.Getenv(roleEnv); role != "" {
		if err := bare(role); err != nil {
			fmt.Fprintln(os.Stderr, "bare program:", err)
			os.Exit(1)
		}
		return
	}
	// The people and the sandbox get out of the way of what is measured.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(4 << 30)
	var err error
	if workshop, err = os.MkdirTemp("", "talkoot-bench"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(workshop)
	os.Exit(code)
}
