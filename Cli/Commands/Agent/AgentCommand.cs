using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Agent;

/// <summary>What a user typed after <c>openclaw agent</c>.</summary>
internal sealed record AgentArguments
{
    public required string Message { get; init; }

    public string? To { get; init; }

    public string? SessionId { get; init; }

    public string? AgentId { get; init; }

    public string? Thinking { get; init; }

    /// <summary><c>--timeout</c>, in seconds.</summary>
    public string? Timeout { get; init; }

    public bool Deliver { get; init; }

    public string? Channel { get; init; }

    public string? ReplyTo { get; init; }

    public string? ReplyChannel { get; init; }

    public string? ReplyAccount { get; init; }

    public bool Json { get; init; }
}

/// <summary><c>openclaw agent</c>: one turn of an agent, through the running gateway.</summary>
internal static class AgentCommand
{
    public static Command Create(CommandContext context)
    {
        var message = new Option<string>("--message", "-m") { Description = "What to say to the agent.", HelpName = "text", Required = true };
        var to = Text("--to", "Recipient whose conversation it is, e.g. a phone number.", "target", "-t");
        var sessionId = Text("--session-id", "Conversation, by its id.", "id");
        var agent = Text("--agent", "Agent whose main conversation it is (the default agent's).", "id");
        var thinking = Text("--thinking", "How hard to think: off, minimal, low, medium, high or xhigh.", "level");
        var timeout = Text("--timeout", $"Seconds the turn may take ({AgentRun.UsualTimeoutSeconds}, or agents.defaults.timeoutSeconds).", "seconds");
        var deliver = new Option<bool>("--deliver") { Description = "Send the answer to the recipient, too." };
        var channel = Text("--channel", "Channel of the recipient.", "channel");
        var replyTo = Text("--reply-to", "Recipient of the answer, when it is another one.", "target");
        var replyChannel = Text("--reply-channel", "Channel of the answer, when it is another one.", "channel");
        var replyAccount = Text("--reply-account", "Account that sends the answer.", "id");
        var json = new Option<bool>("--json") { Description = "Print the gateway's final answer as JSON." };
        var command = new Command("agent", "Say something to an agent and print its answer.")
        {
            message, to, sessionId, agent, thinking, timeout, deliver, channel, replyTo, replyChannel, replyAccount, json,
        };
        command.SetAction((result, cancellation) =>
        {
            var arguments = new AgentArguments
            {
                Message = result.GetValue(message)!,
                To = result.GetValue(to),
                SessionId = result.GetValue(sessionId),
                AgentId = result.GetValue(agent),
                Thinking = result.GetValue(thinking),
                Timeout = result.GetValue(timeout),
                Deliver = result.GetValue(deliver),
                Channel = result.GetValue(channel),
                ReplyTo = result.GetValue(replyTo),
                ReplyChannel = result.GetValue(replyChannel),
                ReplyAccount = result.GetValue(replyAccount),
                Json = result.GetValue(json),
            };
            return new AgentRun(context, arguments).ExecuteAsync(cancellation);
        });
        return command;
    }

    private static Option<string?> Text(string name, string description, string value, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value };
}
