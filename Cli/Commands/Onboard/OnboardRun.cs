using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Onboarding.Checks;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>One <c>openclaw onboard</c>. Nothing is changed before everything is known; then it is carried out, and the gateway looked for.</summary>
internal sealed class OnboardRun(CommandContext context, OnboardArguments arguments)
{
    // With --json standard output holds the summary and nothing else.
    private readonly CommandContext _said = arguments.Json ? context.WithOutput(context.Error) : context;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (arguments is { NonInteractive: true, AcceptRisk: false })
        {
            return await context.FailAsync(
                "Non-interactive onboarding requires explicit risk acknowledgement.\nRead: https://docs.openclaw.ai/security\nRe-run with: openclaw onboard --non-interactive --accept-risk ...").ConfigureAwait(false);
        }
        if (arguments.Mode is not (null or "local" or "remote"))
            return await context.FailAsync($"Invalid --mode \"{arguments.Mode}\" (use local|remote).").ConfigureAwait(false);
        if (arguments is { NonInteractive: true, Mode: "remote", RemoteUrl: null })
            return await context.FailAsync("Missing --remote-url for remote mode.").ConfigureAwait(false);
        if (arguments.RemoteUrl is { } url && !OnboardingStart.IsGatewayUrl(url))
            return await context.FailAsync("Invalid --remote-url (use ws://… or wss://…).").ConfigureAwait(false);
        var flags = FlagChoices.Read(arguments, context);
        if (flags.Problem is { } problem)
            return await context.FailAsync(problem).ConfigureAwait(false);
        if (!arguments.NonInteractive && context.Keyboard is null)
            return await context.FailAsync("onboard asks questions, and nobody is there to answer: use --non-interactive --accept-risk, with flags for what differs from the usual.").ConfigureAwait(false);

        using var checks = new OnboardingChecks(context.Time);
        var decided = await DecideAsync(flags, checks, cancellation).ConfigureAwait(false);
        if (decided is not var (snapshot, choices))
            return 1;
        var applied = await new OnboardApplication(_said).ApplyAsync(snapshot, choices, cancellation).ConfigureAwait(false);
        if (applied is null)
            return 1;
        return await FinishAsync(applied, choices, flags.Auth.Choice, cancellation).ConfigureAwait(false);
    }

    private async Task<(ConfigSnapshot Snapshot, OnboardingChoices Choices)?> DecideAsync(FlagChoices flags, OnboardingChecks checks, CancellationToken cancellation)
    {
        // Before anything is put aside: a secret that is refused ends it with nothing changed.
        if (arguments is { NonInteractive: true, SkipHealth: false } && arguments.Mode != "remote" && !await AreGoodAsync(flags.Choices, checks, cancellation).ConfigureAwait(false))
            return null;
        if (arguments.Reset && arguments.NonInteractive && await StateReset.PutAsideAsync(_said, cancellation).ConfigureAwait(false) is { } problem)
        {
            await context.FailAsync(problem).ConfigureAwait(false);
            return null;
        }
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return null;
        var start = new OnboardingStart
        {
            Environment = context.Environment,
            Snapshot = snapshot,
            Given = flags.Choices,
            Quick = arguments.Flow is { } flow ? flow == "quickstart" : null,
            CanInstallService = true,
            SkipChannels = arguments.SkipChannels,
        };
        var choices = arguments.NonInteractive
            ? ByFlags(start)
            : await new Interview(_said).AskAsync(conversation => new OnboardingWizard(conversation, checks).AskAsync(start, cancellation)).ConfigureAwait(false);
        if (choices is null)
            return null;
        if (arguments.Reset && !arguments.NonInteractive)
        {
            if (await StateReset.PutAsideAsync(_said, cancellation).ConfigureAwait(false) is { } failed)
            {
                await context.FailAsync(failed).ConfigureAwait(false);
                return null;
            }
            snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        }
        return (snapshot, choices);
    }

    private OnboardingChoices ByFlags(OnboardingStart start)
    {
        if (arguments.Mode == "remote")
            return start.Given;
        var choices = start.Complete(start.Given);
        return arguments.SkipSkills ? choices : choices with { NodeManager = choices.NodeManager ?? "npm" };
    }

    private async Task<bool> AreGoodAsync(OnboardingChoices given, OnboardingChecks checks, CancellationToken cancellation)
    {
        // With the addresses that are configured; what else is wrong with the file is told later.
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        return (given.Key is not { } key || await IsGoodAsync(await checks.ProviderAsync(key, snapshot, cancellation).ConfigureAwait(false)).ConfigureAwait(false))
            && (given.TelegramToken is not { } bot || await IsGoodAsync(await checks.TelegramAsync(bot, snapshot, cancellation).ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>A secret that is refused ends it; one that nobody could be asked about does not.</summary>
    private async Task<bool> IsGoodAsync(CheckResult result)
    {
        if (result.Outcome is CheckOutcome.Refused)
        {
            await context.Error.WriteLineAsync($"Error: {result.Text}. Nothing was changed; --skip-health keeps it untried.").ConfigureAwait(false);
            return false;
        }
        if (result.Outcome is CheckOutcome.Accepted)
            await _said.Out.WriteLineAsync(result.Text).ConfigureAwait(false);
        else
            await context.Error.WriteLineAsync($"Warning: {result.Text}. It is kept untried.").ConfigureAwait(false);
        return true;
    }

    private async Task<int> FinishAsync(OnboardingResult applied, OnboardingChoices choices, string authChoice, CancellationToken cancellation)
    {
        var snapshot = applied.Snapshot!;
        var application = new OnboardApplication(_said);
        var isLocal = snapshot.Gateway.Mode is not GatewayMode.Remote;
        if (isLocal && choices.InstallService == true && await application.InstallServiceAsync(cancellation).ConfigureAwait(false) is { } failure)
            return await context.FailAsync(failure).ConfigureAwait(false);
        // By questions, somebody sits there who is told how to start it.
        var waits = isLocal && !arguments.SkipHealth && (arguments.NonInteractive || choices.InstallService == true);
        if (waits && await application.WaitForGatewayAsync(snapshot, choices.InstallService == true, cancellation).ConfigureAwait(false) is { } unreachable)
            return await unreachable.ReportAsync(context, "Error: ").ConfigureAwait(false);
        if (arguments.Json)
            await context.Out.WriteLineAsync(OnboardSummary.Write(applied, choices, arguments, authChoice, context.Environment)).ConfigureAwait(false);
        if (isLocal && !arguments.SkipUi)
            await application.TellNextAsync(snapshot, isRunning: waits || choices.InstallService == true, withToken: !arguments.NonInteractive).ConfigureAwait(false);
        return 0;
    }
}
