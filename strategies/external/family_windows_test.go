package external

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// What a program has started ends with it. This test is all three: it starts
// itself, that starts itself once more, and says which number it has.
func TestJob(t *testing.T) {
	switch os.Getenv("PHOTOFINISH_TEST_JOB") {
	case "child":
		grandchild := exec.Command(os.Args[0], "-test.run", "^TestJob$")
		grandchild.Env = append(os.Environ(), "PHOTOFINISH_TEST_JOB=grandchild")
		if err := grandchild.Start(); err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(strconv.Itoa(grandchild.Process.Pid) + "\n")
		fallthrough
	case "grandchild":
		time.Sleep(time.Minute)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestJob$")
	cmd.Env = append(os.Environ(), "PHOTOFINISH_TEST_JOB=child")
	all := newFamily(cmd)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	all.started()
	line, _ := bufio.NewReader(out).ReadString('\n')
	number, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(number))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(h)
	all.kill()
	cmd.Wait()
	if event, err := windows.WaitForSingleObject(h, 10_000); event != windows.WAIT_OBJECT_0 {
		t.Errorf("what it has started goes on: %v, %v", event, err)
	}
	all.close()
}
