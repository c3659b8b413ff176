using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Onboarding.Checks;
using OpenClaw.Gateway.Core.Onboarding.Questions;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>What a wizard starts with.</summary>
public sealed record OnboardingStart
{
    /// <summary>The instance.</summary>
    public required GatewayEnvironment Environment { get; init; }

    /// <summary>Its configuration; valid.</summary>
    public required ConfigSnapshot Snapshot { get; init; }

    /// <summary>What is decided already and not asked.</summary>
    public OnboardingChoices Given { get; init; } = new();

    /// <summary>The short way (true), every question (false), or to be asked (null).</summary>
    public bool? Quick { get; init; }

    /// <summary>Whether a service can be installed from here, and so is asked about.</summary>
    public bool CanInstallService { get; init; }

    /// <summary>Leave out the channels.</summary>
    public bool SkipChannels { get; init; }

    /// <summary>Whether a text is the address of a gateway: ws:// or wss:// with a host.</summary>
    /// <param name="text">Anything.</param>
    public static bool IsGatewayUrl(string text) => GatewayQuestions.IsGatewayUrl(text);

    /// <summary>For a gateway here, what nobody decided as it usually is: what is there stays, else this machine only, with a token.</summary>
    /// <param name="choices">What was decided.</param>
    public OnboardingChoices Complete(OnboardingChoices choices) =>
        GatewayQuestions.Usual(this, choices with { Remote = false, Workspace = choices.Workspace ?? WorkspaceQuestion.Usual(this) });
}

/// <summary>Asks everything a first run needs, and changes nothing: what was decided is carried out afterwards, all at once.</summary>
/// <param name="conversation">Who answers.</param>
/// <param name="checks">Tries secrets.</param>
public sealed class OnboardingWizard(IWizardConversation conversation, OnboardingChecks checks)
{
    private const string Warning = """
        The agent can read and write files in its workspace and, where you allow it, run commands.
        Whoever may write to it can try to talk it into things, and so can a page or a mail that it reads.
        Keep it to people you trust, keep the token to yourself, and keep secrets out of its workspace.
        Nothing is changed before the last question is answered.
        """;

    /// <summary>Asks. Null when the risk was not accepted.</summary>
    /// <param name="start">What is known.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<OnboardingChoices?> AskAsync(OnboardingStart start, CancellationToken cancellation)
    {
        await conversation.NoteAsync("OpenClaw onboarding", "A few questions, and the gateway is ready to run.", cancellation).ConfigureAwait(false);
        await conversation.NoteAsync("Security", Warning, cancellation).ConfigureAwait(false);
        if (!await conversation.ConfirmAsync("I have read this, and go on.", initial: false, cancellation).ConfigureAwait(false))
            return null;
        var quick = start.Quick ?? await conversation.SelectAsync("How much do you want to decide?",
        [
            new("quickstart", "Quick start", "this machine, this machine only, a token"),
            new("manual", "Everything", "port, addresses, secret, workspace"),
        ], "quickstart", cancellation).ConfigureAwait(false) == "quickstart";

        var choices = start.Given;
        if (choices.Remote is null && !quick)
            choices = choices with { Remote = await WhereAsync(start, cancellation).ConfigureAwait(false) };
        choices = choices with { Remote = choices.Remote ?? false };
        if (choices.Remote == true)
            return await new GatewayQuestions(conversation).RemoteAsync(start, choices, cancellation).ConfigureAwait(false);

        if (choices.Workspace is null)
            choices = choices with { Workspace = quick ? WorkspaceQuestion.Usual(start) : await WorkspaceQuestion.AskAsync(conversation, start, cancellation).ConfigureAwait(false) };
        choices = await new ModelQuestions(conversation, checks).AskAsync(start, choices, cancellation).ConfigureAwait(false);
        var gateway = new GatewayQuestions(conversation);
        choices = quick ? GatewayQuestions.Usual(start, choices) : await gateway.LocalAsync(start, choices, cancellation).ConfigureAwait(false);
        if (!start.SkipChannels)
            choices = await new ChannelQuestions(conversation, checks).AskAsync(start, choices, cancellation).ConfigureAwait(false);
        if (start.CanInstallService && choices.InstallService is null)
            choices = choices with { InstallService = await conversation.ConfirmAsync("Run the gateway as a service, which starts with the machine?", initial: true, cancellation).ConfigureAwait(false) };
        return choices with { DenyPhoneCommands = !start.Snapshot.Exists };
    }

    /// <summary>Asks about some parts only.</summary>
    /// <param name="start">What is known.</param>
    /// <param name="sections">workspace, model, gateway, channels or daemon.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<OnboardingChoices> AskAboutAsync(OnboardingStart start, IReadOnlyCollection<string> sections, CancellationToken cancellation)
    {
        var choices = start.Given;
        if (sections.Contains("workspace"))
            choices = choices with { Workspace = await WorkspaceQuestion.AskAsync(conversation, start, cancellation).ConfigureAwait(false) };
        if (sections.Contains("model"))
            choices = await new ModelQuestions(conversation, checks).AskAsync(start, choices, cancellation).ConfigureAwait(false);
        if (sections.Contains("gateway"))
        {
            choices = choices with { Remote = await WhereAsync(start, cancellation).ConfigureAwait(false) };
            var gateway = new GatewayQuestions(conversation);
            choices = choices.Remote == true
                ? await gateway.RemoteAsync(start, choices, cancellation).ConfigureAwait(false)
                : await gateway.LocalAsync(start, choices, cancellation).ConfigureAwait(false);
        }
        if (sections.Contains("channels"))
            choices = await new ChannelQuestions(conversation, checks).AskAsync(start, choices, cancellation).ConfigureAwait(false);
        if (sections.Contains("daemon"))
            choices = choices with { InstallService = await conversation.ConfirmAsync("Install the gateway as a service?", initial: true, cancellation).ConfigureAwait(false) };
        return choices;
    }

    private async Task<bool> WhereAsync(OnboardingStart start, CancellationToken cancellation) =>
        await conversation.SelectAsync("Where does the gateway run?",
        [
            new("local", "On this machine"),
            new("remote", "Elsewhere", "this machine only talks to it"),
        ], start.Snapshot.Gateway.Mode is GatewayMode.Remote ? "remote" : "local", cancellation).ConfigureAwait(false) == "remote";
}
