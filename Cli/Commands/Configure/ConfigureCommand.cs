using System.CommandLine;
using OpenClaw.Cli.Commands.Onboard;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Onboarding.Checks;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Cli.Commands.Configure;

/// <summary><c>openclaw configure</c>, which <c>openclaw config</c> alone is too: questions about some parts of the configuration.</summary>
internal static class ConfigureCommand
{
    private static readonly string[] Sections = ["workspace", "model", "web", "gateway", "daemon", "channels", "skills", "health"];

    public static Command Create(CommandContext context)
    {
        var section = SectionOption();
        var command = new Command("configure", "Change parts of the configuration by questions.") { section };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(section) ?? [], cancellation));
        return command;
    }

    public static Option<string[]> SectionOption() => new("--section")
    {
        Description = $"Only this part, may be repeated: {string.Join(", ", Sections)}.",
        HelpName = "section",
    };

    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> sections, CancellationToken cancellation)
    {
        if (sections.Where(static name => !Sections.Contains(name)).ToArray() is { Length: > 0 } unknown)
            return await context.FailAsync($"Invalid --section: {string.Join(", ", unknown)}. Expected one of: {string.Join(", ", Sections)}.").ConfigureAwait(false);
        if (context.Keyboard is null)
            return await context.FailAsync($"configure asks questions, and nobody is there to answer: use {context.Environment.CommandName} config set <path> <value>.").ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        using var checks = new OnboardingChecks(context.Time);
        var start = new OnboardingStart { Environment = context.Environment, Snapshot = snapshot, Given = new OnboardingChoices { Command = "configure" } };
        var decided = await new Interview(context).AskAsync(conversation => AskAsync(conversation, checks, start, sections, cancellation)).ConfigureAwait(false);
        if (decided is null)
            return 1;
        var application = new OnboardApplication(context);
        foreach (var note in decided.Sections.Where(static name => name is "web" or "skills"))
            await context.Out.WriteLineAsync($"There is nothing to ask about {note} here yet; {context.Environment.CommandName} config set changes it.").ConfigureAwait(false);
        var now = snapshot;
        if (decided.Sections.Any(static name => name is "workspace" or "model" or "gateway" or "channels"))
        {
            if (await application.ApplyAsync(snapshot, decided.Choices, cancellation).ConfigureAwait(false) is not { Snapshot: { } written })
                return 1;
            now = written;
        }
        if (decided.Choices.InstallService == true && await application.InstallServiceAsync(cancellation).ConfigureAwait(false) is { } failure)
            return await context.FailAsync(failure).ConfigureAwait(false);
        if (decided.Sections.Contains("health") && await application.WaitForGatewayAsync(now, decided.Choices.InstallService == true, cancellation).ConfigureAwait(false) is { } unreachable)
            return await unreachable.ReportAsync(context, "Error: ").ConfigureAwait(false);
        if (decided.Sections.Contains("health"))
            await context.Out.WriteLineAsync("The gateway answers.").ConfigureAwait(false);
        return 0;
    }

    private static async Task<Decided?> AskAsync(
        IWizardConversation conversation, OnboardingChecks checks, OnboardingStart start, IReadOnlyList<string> sections, CancellationToken cancellation)
    {
        var wanted = sections.Count > 0 ? sections : await ChooseAsync(conversation, cancellation).ConfigureAwait(false);
        return new Decided(wanted, await new OnboardingWizard(conversation, checks).AskAboutAsync(start, [.. wanted], cancellation).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<string>> ChooseAsync(IWizardConversation conversation, CancellationToken cancellation)
    {
        var step = new WizardStep(WizardStepKind.MultiSelect)
        {
            Message = "What do you want to change?",
            Options =
            [
                new("workspace", "Workspace"), new("model", "Model and its key"), new("gateway", "Gateway", "port, addresses, secret"),
                new("channels", "Channels"), new("daemon", "Service"), new("health", "Nothing: look whether the gateway answers"),
            ],
            InitialValue = new System.Text.Json.Nodes.JsonArray(),
        };
        var answer = await conversation.AskAsync(step, cancellation).ConfigureAwait(false);
        return [.. answer!.Value.EnumerateArray().Select(static value => value.GetString()!)];
    }

    private sealed record Decided(IReadOnlyList<string> Sections, OnboardingChoices Choices);
}
