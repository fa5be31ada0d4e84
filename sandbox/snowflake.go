package sandbox

import (
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, from which Discord counts.
const discordEpoch = 1420070400000

// snowflakes hands out identifiers that increase and tell the time.
type snowflakes struct {
	last int64
}

func (s *snowflakes) next(now time.Time) string {
	id := (now.UnixMilli() - discordEpoch) << 22
	if id <= s.last {
		id = s.last + 1
	}
	s.last = id
	return strconv.FormatInt(id, 10)
}

// isSnowflake reports whether s could be an identifier.
func isSnowflake(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// snowflakeNumber is the number of an identifier, 0 for what is none.
func snowflakeNumber(s string) uint64 {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
