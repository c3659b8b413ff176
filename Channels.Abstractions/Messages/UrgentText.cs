namespace OpenClaw.Channels.Abstractions.Messages;

/// <summary>
/// Whole texts that are answered at once, whatever of the same conversation is still being worked on: those that stop the agent, and those that only ask
/// how things stand. A command that changes the conversation keeps its place among the words around it.
/// </summary>
public static class UrgentText
{
    /// <summary>Whether a text is one of them.</summary>
    /// <param name="text">All that was written.</param>
    public static bool Matches(string text) => Stops(text) || Word(text) is "/status" or "/help" or "/commands" or "/whoami" or "/id";

    /// <summary>Whether a text stops the agent (channels.md: the command and the bare words).</summary>
    /// <param name="text">All that was written.</param>
    public static bool Stops(string text) => Word(text) is "/stop" or "stop" or "esc" or "abort" or "wait" or "exit" or "interrupt";

    private static string Word(string text) => text is { Length: <= 64 } ? text.Trim().ToLowerInvariant() : "";
}
