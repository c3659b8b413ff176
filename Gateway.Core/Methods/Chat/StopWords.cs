namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary>Messages that stop the session's runs instead of starting one.</summary>
internal static class StopWords
{
    public static bool Matches(string message) => message.Trim().ToLowerInvariant() is "/stop" or "stop" or "esc" or "abort" or "wait" or "exit" or "interrupt";
}
