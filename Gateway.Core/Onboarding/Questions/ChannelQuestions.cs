using OpenClaw.Gateway.Core.Onboarding.Checks;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding.Questions;

/// <summary>Where the agent can be written to.</summary>
internal sealed class ChannelQuestions(IWizardConversation conversation, OnboardingChecks checks)
{
    public async Task<OnboardingChoices> AskAsync(OnboardingStart start, OnboardingChoices choices, CancellationToken cancellation)
    {
        var chosen = await conversation.MultiSelectAsync("Which messengers shall it answer on?",
            [new("telegram", "Telegram", "with a bot of yours"), new("whatsapp", "WhatsApp", "linked by a code")], cancellation).ConfigureAwait(false);
        if (chosen.Contains("whatsapp"))
            await conversation.NoteAsync("WhatsApp", "The wizard cannot link WhatsApp: nothing here shows its code yet. Nothing was changed for it.", cancellation).ConfigureAwait(false);
        return chosen.Contains("telegram") ? await TelegramAsync(start, choices, cancellation).ConfigureAwait(false) : choices;
    }

    private async Task<OnboardingChoices> TelegramAsync(OnboardingStart start, OnboardingChoices choices, CancellationToken cancellation)
    {
        var isThere = start.Snapshot.Root.Section("channels").Section("telegram").Text("botToken") is not null;
        while (true)
        {
            var token = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
            {
                Message = isThere ? "Token that @BotFather gave you (empty: keep the one that is there)" : "Token that @BotFather gave you (empty: later)",
                Sensitive = true,
                Validate = static text => text.Length == 0 || OnboardingChecks.IsBotToken(text) ? null : "expected a bot's token, like 123456:ABC…",
            }, cancellation).ConfigureAwait(false);
            if (token.Length == 0)
                return choices;
            var result = await checks.TelegramAsync(token, start.Snapshot, cancellation).ConfigureAwait(false);
            if (result.Outcome is CheckOutcome.Accepted)
            {
                await conversation.NoteAsync("Telegram", result.Text + ". Write to it; it answers with a code for `openclaw pairing approve telegram <code>`.", cancellation).ConfigureAwait(false);
                return choices with { TelegramToken = token };
            }
            if (await conversation.ConfirmAsync(result.Text + ". Keep the token all the same?", initial: result.Outcome is not CheckOutcome.Refused, cancellation).ConfigureAwait(false))
                return choices with { TelegramToken = token };
        }
    }
}
