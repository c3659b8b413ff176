using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Shows and changes how a conversation is worked on.</summary>
internal sealed class SettingCommands(SessionPatching patching, QueueCommand queue) : ICommandFamily
{
    public IReadOnlyList<ChatCommand> Commands =>
    [
        new(["think", "thinking", "t"], "How hard to think: off, minimal, low, medium, high", ThinkAsync),
        new(["verbose", "v"], "What to show of tools: off, on, full", VerboseAsync),
        new(["reasoning", "reason"], "Whether reasoning is shown: off, on, stream", ReasoningAsync),
        new(["queue"], "What becomes of messages while the agent is busy", QueueAsync),
    ];

    private async Task<CommandAnswer> ThinkAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Text.Words is not [var first, ..])
            return $"Current thinking level: {call.Session?.ThinkingLevel ?? "default"}.\nOptions: off, minimal, low, medium, high, xhigh.";
        if (LevelNames.Thinking(first) is not { } level)
            return "Unrecognized thinking level. Valid levels: off, minimal, low, medium, high, xhigh.";
        if (RestAfter(call.Text.Arguments, first) is { Length: > 0 } words)
            return new CommandAnswer((string?)null) { Words = words, Thinking = level };
        var patched = await PatchAsync(call, SessionFields.ThinkingLevel, level, cancellationToken).ConfigureAwait(false);
        return patched.Error is { } error ? error.Message : level == "off" ? "Thinking disabled." : $"Thinking level set to {level}.";
    }

    private async Task<CommandAnswer> VerboseAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Text.Words is not [var first, ..])
            return $"Current verbose level: {call.Session?.VerboseLevel ?? "off"}.\nOptions: on, full, off.";
        if (LevelNames.Verbose(first) is not { } level)
            return "Unrecognized verbose level. Valid levels: off, on, full.";
        if (RestAfter(call.Text.Arguments, first) is { Length: > 0 } words)
            return new CommandAnswer((string?)null) { Words = words, Verbose = level };
        var patched = await PatchAsync(call, SessionFields.VerboseLevel, level, cancellationToken).ConfigureAwait(false);
        return patched.Error is { } error ? error.Message : level == "off" ? "⚙️ Verbose logging disabled." : $"⚙️ Verbose logging set to {level}.";
    }

    private async Task<CommandAnswer> ReasoningAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Text.Words is not [var first])
            return $"Current reasoning level: {call.Session?.ReasoningLevel ?? "off"}.\nOptions: on, off, stream.";
        if (LevelNames.Reasoning(first) is not { } level)
            return "Unrecognized reasoning level. Valid levels: on, off, stream.";
        var patched = await PatchAsync(call, SessionFields.ReasoningLevel, level, cancellationToken).ConfigureAwait(false);
        return patched.Error is { } error ? error.Message : $"⚙️ Reasoning visibility set to {level}.";
    }

    private async Task<CommandAnswer> QueueAsync(CommandCall call, CancellationToken cancellationToken)
    {
        // Beside other words it is a directive of that message, which is read where the message is accepted.
        if (QueueDirective.Find($"/queue {call.Text.Arguments}") is not { } directive || directive.Rest.Length > 0)
            return new CommandAnswer((string?)null) { Words = $"/queue {call.Text.Arguments}" };
        return await queue.RunAsync(call.Key, call.Message.Channel, directive, cancellationToken).ConfigureAwait(false);
    }

    private Task<SessionOutcome<PatchedSession>> PatchAsync(CommandCall call, string field, string? value, CancellationToken cancellationToken) =>
        patching.PatchAsync(call.Key.Value, new SessionPatch().Set(field, value), cancellationToken);

    private static string RestAfter(string arguments, string first) => arguments[first.Length..].Trim();
}
