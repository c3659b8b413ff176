using OpenClaw.Gateway.Core.Onboarding.Checks;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding.Questions;

/// <summary>Which models the agent thinks with, and the key for them.</summary>
internal sealed class ModelQuestions(IWizardConversation conversation, OnboardingChecks checks)
{
    private const string Skip = "skip";

    public async Task<OnboardingChoices> AskAsync(OnboardingStart start, OnboardingChoices choices, CancellationToken cancellation)
    {
        while (choices.Key is null)
        {
            var provider = await conversation.SelectAsync("Who runs the model?",
                [.. OnboardingProvider.All.Select(static provider => new WizardOption(provider.Id, provider.Label)), new WizardOption(Skip, "Later", "the agent then only repeats what you write")],
                OnboardingProvider.All[0].Id, cancellation).ConfigureAwait(false);
            if (provider == Skip)
                return choices;
            var label = OnboardingProvider.All.First(known => known.Id == provider).Label;
            var text = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
            {
                Message = $"Key of {label}",
                Sensitive = true,
                Validate = static key => OnboardingChecks.IsSecret(key) ? null : "expected a key: letters, digits and signs without blanks",
            }, cancellation).ConfigureAwait(false);
            var key = new ChosenKey(provider, text);
            if (await IsTakenAsync(key, start, cancellation).ConfigureAwait(false))
                choices = choices with { Key = key };
        }
        if (choices.Model is not null)
            return choices;
        var model = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
        {
            Message = "Model to use first, as provider/model; empty for the provider's usual one",
            InitialValue = start.Snapshot.Root.Section("agents").Section("defaults").Section("model").Text("primary") ?? "",
            Placeholder = choices.Key.Provider + "/…",
            Validate = static text => text.Length == 0 || IsModel(text) ? null : "expected provider/model",
        }, cancellation).ConfigureAwait(false);
        return model.Length == 0 ? choices : choices with { Model = model };
    }

    /// <summary>Whether a text names a model of a provider.</summary>
    public static bool IsModel(string text) =>
        text.IndexOf('/') is > 0 and var slash && slash < text.Length - 1 && !text.Any(char.IsWhiteSpace);

    private async Task<bool> IsTakenAsync(ChosenKey key, OnboardingStart start, CancellationToken cancellation)
    {
        var result = await checks.ProviderAsync(key, start.Snapshot, cancellation).ConfigureAwait(false);
        if (result.Outcome is CheckOutcome.Accepted)
        {
            await conversation.NoteAsync("Model", result.Text, cancellation).ConfigureAwait(false);
            return true;
        }
        return await conversation.ConfirmAsync(result.Text + ". Keep the key all the same?", initial: result.Outcome is not CheckOutcome.Refused, cancellation).ConfigureAwait(false);
    }
}
