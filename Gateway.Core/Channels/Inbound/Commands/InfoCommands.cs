using System.Globalization;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Tells how things stand.</summary>
internal sealed class InfoCommands(ISessionModels models, RunRegistry runs, IAgentConfiguration configuration) : ICommandFamily
{
    public IReadOnlyList<ChatCommand> Commands =>
    [
        new(["status"], "Which model answers, and how full the conversation is", (call, _) => Task.FromResult(Status(call))) { TakesArguments = false },
        new(["whoami", "id"], "Your id, as this gateway knows you", static (call, _) => Task.FromResult(WhoAmI(call))) { TakesArguments = false },
        new(["context"], "How much of the model's context is used", (call, _) => Task.FromResult<CommandAnswer>(Context(call))) { TakesArguments = false },
        new(["usage"], "Tokens of the last answer", static (call, _) => Task.FromResult(Usage(call))) { TakesArguments = false },
    ];

    private CommandAnswer Status(CommandCall call)
    {
        var entry = call.Session ?? SessionEntry.Empty;
        var queue = QueueChoice.For(configuration.Root, call.Message.Channel, call.Session);
        var active = runs.ActiveIn(call.Key.Value).Count;
        var lines = new List<string>
        {
            "🦞 OpenClaw",
            $"Session: {HarmlessText.Label(call.Key.Value)}",
            $"Model: {ModelOf(call)}",
            Context(call),
            $"Thinking: {entry.ThinkingLevel ?? "default"} · Verbose: {entry.VerboseLevel ?? "off"} · Reasoning: {entry.ReasoningLevel ?? "off"}",
            $"Queue: {QueueSettings.NameOf(queue.Mode)}",
            active > 0 ? "Working on an answer." : "Idle.",
        };
        if (entry.GroupActivation is { } activation)
            lines.Insert(lines.Count - 1, $"Activation: {activation}");
        return string.Join('\n', lines);
    }

    private string Context(CommandCall call)
    {
        var entry = call.Session ?? SessionEntry.Empty;
        var most = entry.ContextTokens ?? models.ContextTokensOf(ModelOf(call).Model);
        var used = entry.TotalTokens;
        var share = used is { } count && most > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({100.0 * count / most:F0}%)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Context: {(used is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "?")} of {most:N0} tokens{share} · Compactions: {entry.CompactionCount ?? 0}");
    }

    private static CommandAnswer Usage(CommandCall call) => call.Session is { InputTokens: { } input, OutputTokens: { } output }
        ? string.Create(CultureInfo.InvariantCulture, $"Last answer: {input:N0} tokens in, {output:N0} tokens out.")
        : "No answer was given yet.";

    private static CommandAnswer WhoAmI(CommandCall call)
    {
        var (message, sender) = (call.Message, call.Message.Sender);
        var lines = new List<string> { $"Channel: {call.Channel.Label}", $"Your id: {sender.Id}" };
        if (HarmlessText.Label(sender.Username) is { } handle)
            lines.Add($"Username: @{handle}");
        if (sender.PhoneNumber is { } number)
            lines.Add($"Phone number: {number}");
        if (message.Chat.Id != sender.Id)
            lines.Add($"Chat: {message.Chat.Id}");
        if (message.Chat.ThreadId is { } thread)
            lines.Add($"Thread: {thread}");
        return string.Join('\n', lines);
    }

    private ModelRef ModelOf(CommandCall call) => SessionPatching.ModelOf(call.Session ?? SessionEntry.Empty, models.DefaultFor(call.Key.AgentId));
}
