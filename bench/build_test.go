package bench

import (
	"debug/elf"
	"fmt"
	"os"
	"testing"
)

// BenchmarkBuild builds the program, tells its size, and fails if it needs any
// other file to run.
func BenchmarkBuild(b *testing.B) {
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	binary, err := elf.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer binary.Close()
	for _, part := range binary.Progs {
		if part.Type == elf.PT_INTERP {
			b.Error("the binary wants a dynamic linker")
		}
	}
	if wants, err := binary.ImportedLibraries(); err == nil && len(wants) > 0 {
		b.Errorf("the binary wants %v", wants)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("\nBuild: one static binary of %.1f MiB\n", float64(info.Size())/(1<<20))
}
