package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/fetch"
)

const (
	// mostPages is how many pages of one API are read, and pagesPatience how long
	// that may take: each has its own bounds beside.
	mostPages     = core.MaxImports / 100
	pagesPatience = time.Minute

	acceptICS    = "text/calendar, */*;q=0.1"
	acceptLinked = "application/json"
)

// fetcher gets documents from the web. fetch.Client is one.
type fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Answer, error)
}

// got is what a calendar says now.
type got struct {
	found []core.Imported
	// whole says that nothing was left out; same that nothing has changed since
	// the last time, and found is empty then.
	whole, same    bool
	etag, modified string
}

// get reads a calendar from where it is.
func get(ctx context.Context, from fetcher, f core.Feed, r calendar.Reading) (got, error) {
	ctx, cancel := context.WithTimeout(ctx, pagesPatience)
	defer cancel()
	if f.Kind == core.FeedLinked {
		return getPages(ctx, from, calendar.LinkedQuery(f.Address, r), r)
	}
	answer, err := from.Get(ctx, fetch.Request{Address: f.Address, ETag: f.ETag, Modified: f.Modified, Accept: acceptICS})
	if err != nil || answer.Same {
		return got{same: answer.Same, etag: f.ETag, modified: f.Modified}, err
	}
	found, whole, err := calendar.ReadICS(ctx, answer.Body, r)
	return got{found: found, whole: whole, etag: answer.ETag, modified: answer.Modified}, err
}

// getPages reads an API page by page, as far as it leads on at the same place to
// pages that have not been read.
func getPages(ctx context.Context, from fetcher, page string, r calendar.Reading) (got, error) {
	var all got
	read := map[string]bool{}
	for page != "" {
		if read[page] || len(read) == mostPages || len(all.found) >= core.MaxImports {
			return all, nil // it is not whole
		}
		read[page] = true
		answer, err := from.Get(ctx, fetch.Request{Address: page, Accept: acceptLinked})
		if err != nil {
			return got{}, err
		}
		found, next, err := calendar.ReadLinked(answer.Body, r)
		if err != nil {
			return got{}, fmt.Errorf("page %d: %w", len(read), err)
		}
		all.found = append(all.found, found...)
		if page = calendar.NextPage(page, next); page == "" && next != "" {
			return all, nil // it leads elsewhere
		}
	}
	all.whole = true
	return all, nil
}

// troubleOf makes one of our words of what went wrong.
func troubleOf(err error) core.FeedTrouble {
	_, answered := errors.AsType[fetch.Status](err)
	switch {
	case answered, errors.Is(err, fetch.ErrRedirects):
		return core.FeedRefused
	case errors.Is(err, fetch.ErrPrivate), errors.Is(err, fetch.ErrAddress):
		return core.FeedPrivate
	case errors.Is(err, fetch.ErrLarge):
		return core.FeedLarge
	case errors.Is(err, calendar.ErrUnclear):
		return core.FeedUnclear
	}
	return core.FeedUnreached
}
