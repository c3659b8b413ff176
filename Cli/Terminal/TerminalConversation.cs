using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Cli.Terminal;

/// <summary>A wizard's questions as lines of text: on any terminal, over any connection, for any reader.</summary>
internal sealed class TerminalConversation(TextWriter output, ITerminalInput input) : IWizardConversation
{
    public async Task<JsonElement?> AskAsync(WizardStep step, CancellationToken cancellation)
    {
        await ShowAsync(step).ConfigureAwait(false);
        if (step.Kind is WizardStepKind.Note)
            return null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(Prompt(step)).ConfigureAwait(false);
            await output.FlushAsync(cancellation).ConfigureAwait(false);
            var typed = input.ReadLine(step.Sensitive) ?? throw new OperationCanceledException("The input ended.");
            if (step.Sensitive)
                await output.WriteLineAsync().ConfigureAwait(false);
            var answer = Answer(step, typed.Trim());
            if (step.ProblemOf(answer) is not { } problem)
                return answer;
            await output.WriteLineAsync("  " + TerminalText.Harmless(problem)).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(WizardStep step)
    {
        await output.WriteLineAsync().ConfigureAwait(false);
        if (step.Title is { } title)
            await output.WriteLineAsync($"== {TerminalText.Harmless(title)}").ConfigureAwait(false);
        foreach (var line in (step.Message ?? "").Split('\n'))
            await output.WriteLineAsync(TerminalText.Harmless(line)).ConfigureAwait(false);
        for (var i = 0; i < step.Options.Count; i++)
        {
            var option = step.Options[i];
            var hint = option.Hint is null ? "" : $" ({option.Hint})";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {i + 1,2}  {option.Label}{hint}")).ConfigureAwait(false);
        }
    }

    private static string Prompt(WizardStep step) => step.Kind switch
    {
        WizardStepKind.Confirm => step.InitialValue?.GetValue<bool>() == true ? "[Y/n] " : "[y/N] ",
        WizardStepKind.Select => $"[{Number(step, step.InitialValue?.GetValue<string>())}] ",
        WizardStepKind.MultiSelect => "[numbers with commas; empty for none] ",
        _ when !step.Sensitive && step.InitialValue?.GetValue<string>() is { Length: > 0 } initial => $"[{TerminalText.Harmless(initial)}] ",
        _ => "> ",
    };

    private static string Number(WizardStep step, string? value)
    {
        for (var i = 0; i < step.Options.Count; i++)
        {
            if (step.Options[i].Value == value)
                return (i + 1).ToString(CultureInfo.InvariantCulture);
        }
        return "";
    }

    /// <summary>What was typed as the answer that it means; one that means nothing is found wrong afterwards.</summary>
    private static JsonElement? Answer(WizardStep step, string typed)
    {
        if (typed.Length == 0 && !step.Sensitive && step.InitialValue is { } initial)
            return Element(initial);
        return step.Kind switch
        {
            WizardStepKind.Confirm => typed.ToLowerInvariant() switch
            {
                "y" or "yes" => Element(JsonValue.Create(true)),
                "n" or "no" => Element(JsonValue.Create(false)),
                _ => null,
            },
            WizardStepKind.Select => Element(JsonValue.Create(Chosen(step, typed))),
            WizardStepKind.MultiSelect => Element(new JsonArray([.. typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(one => JsonValue.Create(Chosen(step, one)))])),
            _ => Element(JsonValue.Create(typed)),
        };
    }

    private static string Chosen(WizardStep step, string typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= step.Options.Count ? step.Options[number - 1].Value : typed;

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
