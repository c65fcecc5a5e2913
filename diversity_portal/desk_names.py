"""What the lists of the desks are called on their first page and in their menu: by the work, not by the tables."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MORE = "more"
GROUPS = {
    "desks": _("Desks"),
    "texts": _("Texts"),
    "roster": _("Groups, places and languages"),
    "people": _("People"),
    "settings": _("Settings"),
    MORE: _("More"),
}


@dataclass(frozen=True)
class Place:
    group: str
    name: Promise
    purpose: Promise  # in one line
    page: str = ""  # the name of the page on which readers see it


# {label of the model: its place}, in the order in which they are shown.
PLACES = {
    "responses.Response": Place(
        "desks", _("Answers to review"), _("What people have sent: read it, accept it, ask, or decline."), "responses"
    ),
    "responses.ReadingRequest": Place(
        "desks", _("Translations asked for by reviewers"), _("Words that no reviewer reads.")
    ),
    "responses.Translation": Place(
        "desks", _("Translations of answers"), _("Who translated what, and what became of it."), "translate"
    ),
    "outcomes.AnswerToCode": Place(
        "desks", _("Mark passages"), _("Link what people said to the problems and solutions that it speaks to.")
    ),
    "outcomes.Evidence": Place("desks", _("All marks"), _("Every marked passage: who marked it, and for what.")),
    "outcomes.SharedAnswer": Place(
        "desks", _("Two readings to agree on"), _("What two coders marked differently, and how far they agree.")
    ),
    "outcomes.Quotation": Place(
        "desks", _("Quotations"), _("Passages beside the statement, and what their authors say."), "statement"
    ),
    "outcomes.Asking": Place(
        "desks", _("Asked back"), _("Did we understand you? What authors are asked before it is published.")
    ),
    "outcomes.Export": Place(
        "desks",
        _("Files to take along"),
        _("Answers and marks for spreadsheets and other programs, and who took them."),
    ),
    "responses.MachineDraftOrder": Place(
        "desks", _("Machine translations asked for"), _("Drafts that a machine has still to write.")
    ),
    "responses.Recusal": Place(
        "desks", _("Put away"), _("Answers that somebody leaves to others, because they know who wrote them.")
    ),
    "responses.Flag": Place("desks", _("Flags"), _("What somebody should look at.")),
    "responses.Conversation": Place(
        "texts", _("Conversations"), _("Title, invitation and days of each round of asking."), "conversations"
    ),
    "responses.Question": Place("texts", _("Questions"), _("What we ask, and the hints below."), "home"),
    "outcomes.Statement": Place("texts", _("Statement"), _("Its versions, clause by clause."), "statement"),
    "outcomes.Problem": Place("texts", _("Problems"), _("What stands in the way, with definitions."), "problems"),
    "outcomes.Solution": Place("texts", _("Solutions"), _("What would help, and how far it has come."), "solutions"),
    "outcomes.Topic": Place(
        "texts", _("Topics without a text"), _("Sessions of 2017 of which only the name is known."), "problems"
    ),
    "responses.DeclineReason": Place(
        "texts", _("Reasons for declining"), _("What authors read, in every language."), "how_we_review"
    ),
    "responses.Term": Place("texts", _("Glossary"), _("Hard words, and how translators say them.")),
    "responses.TextSource": Place(
        "texts", _("Texts of this site"), _("All of these in every language: what is missing, and files."), ""
    ),
    "responses.Affiliate": Place("roster", _("Groups we know"), _("Chapters, user groups and other groups.")),
    "responses.Region": Place("roster", _("Parts of the world"), _("As people choose them when they answer.")),
    "responses.Invitee": Place(
        "roster", _("Missing voices"), _("Who was invited, who has not answered yet, and what nobody reads.")
    ),
    "responses.Gathering": Place("roster", _("Local conversations"), _("Who meets where, and how many have answered.")),
    "responses.KnownLanguage": Place("roster", _("Languages"), _("Answers and readers in each language."), "languages"),
    "responses.Person": Place("people", _("People"), _("Invite somebody, and say what they may do.")),
    "responses.TranslatorRequest": Place(
        "people", _("They would like to translate"), _("Let them in, or say why not.")
    ),
    "auth.User": Place("people", _("Accounts"), _("Names, passwords and single rights, for superusers.")),
    "auth.Group": Place("people", _("Roles"), _("What translators, reviewers, coders and organizers may do.")),
    "account.EmailAddress": Place("people", _("E-mail addresses"), _("Which of them are confirmed.")),
    "socialaccount.SocialAccount": Place("people", _("Accounts at Wikimedia"), _("Who signs in from there.")),
    "responses.OrganizerLetter": Place(
        "settings", _("Letters to me"), _("Whether we write to you when something waits.")
    ),
    "responses.Policy": Place("settings", _("Machine translations"), _("Whether readers see them.")),
    "outcomes.CodingPlan": Place("settings", _("Shared sample"), _("How many answers two coders read.")),
    "socialaccount.SocialApp": Place(
        "settings", _("Signing in from elsewhere"), _("Sites whose accounts are accepted.")
    ),
    "socialaccount.SocialToken": Place("settings", _("Keys of other sites"), _("Kept while somebody is signed in.")),
}
