package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is a process of its own that is measured: Talkoot, or a bare one.
type program struct {
	name  string
	cmd   *exec.Cmd
	began time.Time
	ended chan struct{} // closed when it has ended
	err   error         // after that

	mu    sync.Mutex
	lines []string
	heard chan struct{} // closed and replaced with every line
}

// launch starts a program with nothing in its environment but what is given.
func launch(b *testing.B, name string, env []string, path string, args ...string) *program {
	b.Helper()
	p := &program{name: name, cmd: exec.Command(path, args...), ended: make(chan struct{}), heard: make(chan struct{})}
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.TempDir()}, env...)
	p.cmd.Dir = b.TempDir()
	r, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	p.cmd.Stdout, p.cmd.Stderr = w, w
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	w.Close()
	go p.listen(r)
	b.Cleanup(p.stop)
	return p
}

// listen keeps what the program says.
func (p *program) listen(r *os.File) {
	defer r.Close()
	for in := bufio.NewScanner(r); in.Scan(); {
		p.mu.Lock()
		p.lines = append(p.lines, in.Text())
		close(p.heard)
		p.heard = make(chan struct{})
		p.mu.Unlock()
	}
	p.err = p.cmd.Wait()
	close(p.ended)
}

// said returns all lines so far that have something in them.
func (p *program) said(part string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, line := range p.lines {
		if strings.Contains(line, part) {
			all = append(all, line)
		}
	}
	return all
}

// waitFor waits until the program says something.
func (p *program) waitFor(b *testing.B, part string) {
	b.Helper()
	late := time.After(time.Minute)
	for {
		p.mu.Lock()
		heard := p.heard
		p.mu.Unlock()
		if len(p.said(part)) > 0 {
			return
		}
		select {
		case <-heard:
		case <-p.ended:
			b.Fatalf("%s ended: %v\n%s", p.name, p.err, strings.Join(p.said(""), "\n"))
		case <-late:
			b.Fatalf("%s never said %q:\n%s", p.name, part, strings.Join(p.said(""), "\n"))
		}
	}
}

// stop ends the program and waits for it.
func (p *program) stop() {
	select {
	case <-p.ended:
		return
	default:
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(20 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// cpu is how much processor time the program has had.
func (p *program) cpu() time.Duration { return cpuOf(p.cmd.Process.Pid, false) }

// mebibytes is how much memory the program holds, and the most that it held.
func (p *program) mebibytes(b *testing.B) (now, peak float64) {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	read := func(key string) float64 {
		_, rest, _ := strings.Cut(string(text), "\n"+key+":")
		var kib float64
		if _, err := fmt.Sscan(rest, &kib); err != nil {
			b.Fatalf("%s: %v", key, err)
		}
		return kib / 1024
	}
	return read("VmRSS"), read("VmHWM")
}

// cpuOf is the processor time of a process, and of its ended children.
func cpuOf(pid int, children bool) time.Duration {
	fields := statOf(pid)
	if len(fields) < 15 {
		return 0
	}
	var ticks int64
	for i, field := range fields[11:15] { // utime, stime, cutime, cstime
		if n, err := strconv.ParseInt(field, 10, 64); err == nil && (i < 2 || children) {
			ticks += n
		}
	}
	return time.Duration(ticks) * time.Second / 100
}

// statOf is what the kernel says of a process, from its state on.
func statOf(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// family is the processor time of a process and all that it started.
func family(parent int) time.Duration {
	all := cpuOf(parent, true)
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range stats {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			continue
		}
		if fields := statOf(pid); len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			all += cpuOf(pid, true)
		}
	}
	return all
}
