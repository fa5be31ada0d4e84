package page

import (
	"encoding/json"
	"strings"
)

// said is one text of the page itself in each of its languages.
type said struct{ en, fi, sv string }

// in says it in the language of a client, or in English.
func (s said) in(locale string) string {
	switch base, _, _ := strings.Cut(locale, "-"); base {
	case "fi":
		return s.fi
	case "sv":
		return s.sv
	}
	return s.en
}

// pageLanguage is the language that the page itself has for a client.
func pageLanguage(locale string) string {
	switch base, _, _ := strings.Cut(locale, "-"); base {
	case "fi", "sv":
		return base
	}
	return "en"
}

// words are all texts of the page itself in one language, by name.
func words(locale string) map[string]string {
	table := texts()
	m := make(map[string]string, len(table))
	for name, s := range table {
		m[name] = s.in(locale)
	}
	return m
}

// scriptWords are those that the script needs, as JSON.
func scriptWords(w map[string]string) string {
	few := map[string]string{}
	for name, s := range w {
		if cut, ok := strings.CutPrefix(name, "js_"); ok {
			few[cut] = s
		}
	}
	b, err := json.Marshal(few)
	if err != nil {
		return "{}" // a map of strings always becomes JSON
	}
	return string(b)
}

func texts() map[string]said {
	return map[string]said{
		"choose_title":   {"Who would you like to be?", "Kuka haluat olla?", "Vem vill du vara?"},
		"choose_lead":    {"This is a small Discord on your own machine. Choose a person; you can be somebody else in another tab at the same time.", "Tämä on pieni Discord omalla koneellasi. Valitse henkilö; toisessa välilehdessä voit olla samaan aikaan joku muu.", "Det här är ett litet Discord på din egen dator. Välj en person; i en annan flik kan du samtidigt vara någon annan."},
		"nowhere":        {"In no server yet", "Ei vielä millään palvelimella", "Inte på någon server ännu"},
		"several":        {"In several servers", "Usealla palvelimella", "På flera servrar"},
		"skip":           {"Skip to messages", "Siirry viesteihin", "Hoppa till meddelandena"},
		"skip_write":     {"Skip to the command bar", "Siirry komentoriville", "Hoppa till kommandoraden"},
		"channels":       {"Channels", "Kanavat", "Kanaler"},
		"places":         {"Servers and channels", "Palvelimet ja kanavat", "Servrar och kanaler"},
		"dms":            {"Direct messages", "Yksityisviestit", "Direktmeddelanden"},
		"no_dms":         {"Nobody has written to you.", "Kukaan ei ole kirjoittanut sinulle.", "Ingen har skrivit till dig."},
		"unread":         {"unread", "lukematta", "olästa"},
		"you":            {"You", "Sinä", "Du"},
		"about_you":      {"You and your settings", "Sinä ja asetuksesi", "Du och dina inställningar"},
		"you_are":        {"You are", "Olet", "Du är"},
		"somebody_else":  {"Be somebody else", "Ole joku muu", "Var någon annan"},
		"all_people":     {"Everybody", "Kaikki henkilöt", "Alla personer"},
		"your_language":  {"Language of your Discord", "Discordisi kieli", "Språk i ditt Discord"},
		"change":         {"Change", "Vaihda", "Byt"},
		"dms_open":       {"Apps may write to you.", "Sovellukset voivat kirjoittaa sinulle.", "Appar får skriva till dig."},
		"dms_closed":     {"Your direct messages are closed.", "Yksityisviestisi on suljettu.", "Dina direktmeddelanden är stängda."},
		"close_dms":      {"Close direct messages", "Sulje yksityisviestit", "Stäng direktmeddelanden"},
		"open_dms":       {"Open direct messages", "Avaa yksityisviestit", "Öppna direktmeddelanden"},
		"close":          {"Close", "Sulje", "Stäng"},
		"messages":       {"Messages", "Viestit", "Meddelanden"},
		"no_messages":    {"Nothing has been said here yet.", "Täällä ei ole vielä sanottu mitään.", "Ingenting har sagts här ännu."},
		"earlier":        {"Show earlier messages", "Näytä aiemmat viestit", "Visa tidigare meddelanden"},
		"newest":         {"New messages below", "Uusia viestejä alempana", "Nya meddelanden längre ner"},
		"app":            {"APP", "SOVELLUS", "APP"},
		"edited":         {"edited", "muokattu", "redigerat"},
		"only_you":       {"Only you can see this", "Vain sinä näet tämän", "Bara du kan se detta"},
		"dismiss":        {"Dismiss message", "Piilota viesti", "Dölj meddelandet"},
		"thinking":       {"is thinking…", "miettii…", "tänker…"},
		"no_answer":      {"The application did not respond", "Sovellus ei vastannut", "Appen svarade inte"},
		"used":           {"used", "käytti komentoa", "använde"},
		"delete":         {"Delete message", "Poista viesti", "Ta bort meddelandet"},
		"reply":          {"In reply to a message", "Vastaus viestiin", "Svar på ett meddelande"},
		"replied_to":     {"Go to that message", "Siirry viestiin", "Gå till meddelandet"},
		"link":           {"opens elsewhere", "avautuu muualla", "öppnas på annat håll"},
		"download":       {"Download", "Lataa", "Ladda ner"},
		"elsewhere":      {"Picture from elsewhere", "Kuva muualta", "Bild från annat håll"},
		"no_alt":         {"Picture without a description", "Kuva ilman kuvausta", "Bild utan beskrivning"},
		"spoiler":        {"Spoiler: show", "Juonipaljastus: näytä", "Spoiler: visa"},
		"choose":         {"Choose", "Valitse", "Välj"},
		"nothing":        {"Nothing", "Ei mitään", "Ingenting"},
		"pick":           {"Make a selection", "Tee valinta", "Gör ett val"},
		"write":          {"Write a message, or / for a command", "Kirjoita viesti, tai / ja komento", "Skriv ett meddelande, eller / för ett kommando"},
		"send":           {"Send", "Lähetä", "Skicka"},
		"commands":       {"Commands", "Komennot", "Kommandon"},
		"no_commands":    {"No app has a command here for you.", "Täällä ei ole sinulle komentoja.", "Här finns inga kommandon för dig."},
		"run":            {"Run", "Suorita", "Kör"},
		"cancel":         {"Cancel", "Peruuta", "Avbryt"},
		"submit":         {"Submit", "Lähetä", "Skicka in"},
		"back":           {"Back to the channel", "Takaisin kanavalle", "Tillbaka till kanalen"},
		"required":       {"required", "pakollinen", "obligatoriskt"},
		"optional":       {"optional", "valinnainen", "valfritt"},
		"find":           {"Find", "Etsi", "Sök"},
		"yes":            {"Yes", "Kyllä", "Ja"},
		"no":             {"No", "Ei", "Nej"},
		"no_uploads":     {"Files cannot be sent here.", "Tiedostoja ei voi lähettää täällä.", "Filer kan inte skickas här."},
		"opened_by":      {"This form goes to", "Tämän lomakkeen saa", "Det här formuläret går till"},
		"no_form":        {"There is no form open.", "Lomaketta ei ole auki.", "Inget formulär är öppet."},
		"not_found":      {"There is no such page.", "Sivua ei ole.", "Sidan finns inte."},
		"not_yours":      {"This person cannot see that.", "Tämä henkilö ei näe sitä.", "Den här personen ser inte det."},
		"start_over":     {"Choose a person", "Valitse henkilö", "Välj en person"},
		"no_script":      {"Without script, reload the page to see what is new.", "Ilman komentosarjoja lataa sivu uudelleen nähdäksesi uudet.", "Utan skript: ladda om sidan för att se det nya."},
		"fault_required": {"This is required.", "Tämä on pakollinen.", "Det här är obligatoriskt."},
		"fault_short":    {"At least %d characters; there are %d.", "Vähintään %d merkkiä; nyt %d.", "Minst %d tecken; nu är det %d."},
		"fault_long":     {"At most %d characters; there are %d.", "Enintään %d merkkiä; nyt %d.", "Högst %d tecken; nu är det %d."},
		"fault_few":      {"Choose at least %d.", "Valitse vähintään %d.", "Välj minst %d."},
		"fault_many":     {"Choose at most %d.", "Valitse enintään %d.", "Välj högst %d."},
		"fault_number":   {"This must be a number.", "Tämän on oltava luku.", "Det måste vara ett tal."},
		"fault_whole":    {"This must be a whole number.", "Tämän on oltava kokonaisluku.", "Det måste vara ett heltal."},
		"fault_low":      {"At least %s.", "Vähintään %s.", "Minst %s."},
		"fault_high":     {"At most %s.", "Enintään %s.", "Högst %s."},
		"faults":         {"Please look at the fields marked below.", "Tarkista alla merkityt kentät.", "Se över de markerade fälten nedan."},
		"refused":        {"Your Discord refuses this", "Discordisi ei hyväksy tätä", "Ditt Discord godtar inte detta"},
		"refused_gone":   {"That is no longer here.", "Sitä ei enää ole täällä.", "Det finns inte längre här."},
		"refused_right":  {"You may not do that here.", "Et saa tehdä sitä täällä.", "Du får inte göra det här."},
		"refused_off":    {"That is switched off.", "Se on pois käytöstä.", "Det är avstängt."},

		"js_no_match":  {"No suggestions", "Ei ehdotuksia", "Inga förslag"},
		"js_searching": {"Looking…", "Etsitään…", "Söker…"},
		"js_matches":   {"suggestions", "ehdotusta", "förslag"},
		"js_sending":   {"Sending…", "Lähetetään…", "Skickar…"},
		"js_lost":      {"The connection is lost; trying again.", "Yhteys katkesi; yritetään uudelleen.", "Anslutningen bröts; försöker igen."},
		"js_left":      {"characters left", "merkkiä jäljellä", "tecken kvar"},
		"js_failed":    {"That did not work. Please try again.", "Se ei onnistunut. Yritä uudelleen.", "Det gick inte. Försök igen."},
	}
}
