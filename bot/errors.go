package bot

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"

	"talkoot/core"
)

// ErrToken says that Discord does not take the bot's token.
var ErrToken = errors.New("discord does not take the token")

// reach turns what Discord, or the library, says into our words, by code: what
// cannot be reached, is gone, is forbidden, or has to wait. Anything else stays
// as it is, without the request's body.
func reach(err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); ok {
		return core.Busy{For: limited.RetryAfter}
	}
	if failed, ok := errors.AsType[*url.Error](err); ok { // its address may have an interaction's token in it
		return fmt.Errorf("%s: %w", failed.Op, failed.Err)
	}
	rest, ok := errors.AsType[*discordgo.RESTError](err)
	if !ok {
		return err
	}
	code := 0
	if rest.Message != nil {
		code = rest.Message.Code
	}
	named := fmt.Errorf("discord says %d, code %d", rest.Response.StatusCode, code)
	switch code {
	case discordgo.ErrCodeCannotSendMessagesToThisUser:
		return fmt.Errorf("%w: %w", core.ErrUnreachable, named)
	case discordgo.ErrCodeUnknownMessage, discordgo.ErrCodeUnknownChannel, discordgo.ErrCodeUnknownGuild,
		discordgo.ErrCodeUnknownGuildScheduledEvent, discordgo.ErrCodeUnknownUser:
		return fmt.Errorf("%w: %w", core.ErrGone, named)
	case discordgo.ErrCodeMissingAccess, discordgo.ErrCodeMissingPermissions:
		return fmt.Errorf("%w: %w", core.ErrForbidden, named)
	}
	switch rest.Response.StatusCode {
	case http.StatusUnauthorized:
		return fmt.Errorf("%w: %w", ErrToken, named)
	case http.StatusForbidden:
		return fmt.Errorf("%w: %w", core.ErrForbidden, named)
	case http.StatusNotFound:
		return fmt.Errorf("%w: %w", core.ErrGone, named)
	}
	return fmt.Errorf("%w: %s", named, rest.ResponseBody)
}

func isForbidden(err error) bool { return errors.Is(err, core.ErrForbidden) }

func isGone(err error) bool { return errors.Is(err, core.ErrGone) }
