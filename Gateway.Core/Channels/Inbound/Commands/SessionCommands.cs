using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Stops what is worked on, begins anew, shortens.</summary>
internal sealed class SessionCommands(SessionAborts aborts, SessionReset reset, SessionCompaction compaction, SessionPatching patching, ISessionModels models, RunRegistry runs) : ICommandFamily
{
    /// <summary>The command that stops, without its slash.</summary>
    public const string Stop = "stop";

    /// <summary>Clients look for this sentence.</summary>
    public const string Aborted = "⚙️ Agent was aborted.";

    public IReadOnlyList<ChatCommand> Commands =>
    [
        new([Stop], "Stop what is being worked on, and forget what waits", async (call, cancellation) =>
        {
            await aborts.AbortAsync(call.Key.Value, runId: null, RunAbortReason.Stop, cancellation).ConfigureAwait(false);
            return Aborted;
        }) { TakesArguments = false },
        new(["new", "reset"], "Begin a new conversation", NewAsync),
        new(["compact"], "Shorten the conversation to its newest part", CompactAsync) { TakesArguments = false },
        new(["activation"], "In groups: mention or always", ActivationAsync),
        new(["send"], "Whether messages of this conversation are worked on: on, off, inherit", SendAsync),
    ];

    private async Task<CommandAnswer> NewAsync(CommandCall call, CancellationToken cancellationToken)
    {
        await reset.StartOverAsync(call.Key, cancellationToken).ConfigureAwait(false);
        var words = call.Text.Arguments;
        var model = models.DefaultFor(call.Key.AgentId);
        if (call.Text.Words is [var first, ..] && first.Contains('/', StringComparison.Ordinal) && !first.StartsWith('/')
            && await patching.PatchAsync(call.Key.Value, new SessionPatch().Set(SessionFields.Model, first), cancellationToken).ConfigureAwait(false) is { Value: { } patched })
        {
            model = patched.Model;
            words = words[first.Length..].Trim();
        }
        return new CommandAnswer($"✅ New session started · model: {model}") { Words = words.Length > 0 ? words : null };
    }

    private async Task<CommandAnswer> CompactAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (runs.ActiveIn(call.Key.Value).Count > 0)
            return "⚙️ The conversation is being worked on; try again afterwards, or stop it with /stop.";
        try
        {
            var outcome = await compaction.CompactAsync(call.Key.Value, SessionCompaction.DefaultMaxLines, cancellationToken).ConfigureAwait(false);
            return outcome.Value is { Compacted: true } done ? $"⚙️ Compacted: the newest {done.Kept} entries are kept." : "⚙️ There is nothing to shorten.";
        }
        catch (LockTimeoutException)
        {
            return "⚙️ Something else uses the conversation; try again later.";
        }
    }

    private async Task<CommandAnswer> ActivationAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Message.Chat.Type is ChatType.Direct)
            return "⚙️ Group activation only applies to group chats.";
        if (call.Text.Words is not [var mode] || mode.ToLowerInvariant() is not ("mention" or "always"))
            return $"⚙️ Group activation: {call.Session?.GroupActivation ?? "as configured"}. Use: /activation mention|always";
        return await patching.PatchAsync(call.Key.Value, new SessionPatch().Set(SessionFields.GroupActivation, mode), cancellationToken).ConfigureAwait(false) is { Error: { } error }
            ? error.Message
            : $"⚙️ Group activation set to {mode.ToLowerInvariant()}.";
    }

    private async Task<CommandAnswer> SendAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string? policy;
        switch (call.Text.Arguments.ToLowerInvariant())
        {
            case "on" or "allow":
                policy = "allow";
                break;
            case "off" or "deny":
                policy = "deny";
                break;
            case "inherit" or "default" or "reset":
                policy = null;
                break;
            default:
                return $"⚙️ Send policy: {call.Session?.SendPolicy ?? "inherit"}. Use: /send on|off|inherit";
        }
        return await patching.PatchAsync(call.Key.Value, new SessionPatch().Set(SessionFields.SendPolicy, policy), cancellationToken).ConfigureAwait(false) is { Error: { } error }
            ? error.Message
            : $"⚙️ Send policy set to {(policy is null ? "inherit" : policy == "allow" ? "on" : "off")}.";
    }
}
