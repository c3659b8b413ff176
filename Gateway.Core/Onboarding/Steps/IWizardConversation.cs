using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Onboarding.Steps;

/// <summary>Somebody who answers a wizard's questions, one after the other.</summary>
public interface IWizardConversation
{
    /// <summary>Shows a step and waits for an answer that <see cref="WizardStep.ProblemOf(JsonElement?)"/> has nothing against.</summary>
    /// <param name="step">The question.</param>
    /// <param name="cancellation">The wizard ends.</param>
    /// <returns>The answer; of no meaning for a note.</returns>
    /// <exception cref="OperationCanceledException">Whoever answers has left.</exception>
    Task<JsonElement?> AskAsync(WizardStep step, CancellationToken cancellation);
}

/// <summary>Questions with typed answers.</summary>
internal static class WizardQuestions
{
    public static Task NoteAsync(this IWizardConversation conversation, string title, string message, CancellationToken cancellation) =>
        conversation.AskAsync(new WizardStep(WizardStepKind.Note) { Title = title, Message = message }, cancellation);

    public static async Task<bool> ConfirmAsync(this IWizardConversation conversation, string message, bool initial, CancellationToken cancellation)
    {
        var answer = await conversation.AskAsync(new WizardStep(WizardStepKind.Confirm) { Message = message, InitialValue = initial }, cancellation).ConfigureAwait(false);
        return answer!.Value.GetBoolean();
    }

    public static async Task<string> SelectAsync(
        this IWizardConversation conversation, string message, IReadOnlyList<WizardOption> options, string? initial, CancellationToken cancellation)
    {
        var step = new WizardStep(WizardStepKind.Select) { Message = message, Options = options, InitialValue = initial ?? options[0].Value };
        var answer = await conversation.AskAsync(step, cancellation).ConfigureAwait(false);
        return answer!.Value.GetString()!;
    }

    public static async Task<IReadOnlyList<string>> MultiSelectAsync(
        this IWizardConversation conversation, string message, IReadOnlyList<WizardOption> options, CancellationToken cancellation)
    {
        var step = new WizardStep(WizardStepKind.MultiSelect) { Message = message, Options = options, InitialValue = new JsonArray() };
        var answer = await conversation.AskAsync(step, cancellation).ConfigureAwait(false);
        return [.. answer!.Value.EnumerateArray().Select(static value => value.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    public static async Task<string> TextAsync(this IWizardConversation conversation, WizardStep step, CancellationToken cancellation)
    {
        var answer = await conversation.AskAsync(step, cancellation).ConfigureAwait(false);
        return answer!.Value.GetString()!.Trim();
    }
}
