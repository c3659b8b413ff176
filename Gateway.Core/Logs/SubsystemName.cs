namespace OpenClaw.Gateway.Core.Logs;

/// <summary>
/// The name under which a logger's lines appear. A category that is no type name is the subsystem itself
/// (<c>CreateLogger("gateway/ws")</c>); the types of a namespace share one.
/// </summary>
internal static class SubsystemName
{
    private const int LongestShown = 2;

    private static readonly (string Prefix, string Subsystem)[] Areas =
    [
        ("OpenClaw.Gateway.Core.Configuration", "gateway/reload"),
        ("OpenClaw.Gateway.Core.Connections", "gateway/ws"),
        ("OpenClaw.Gateway.Core.Agents", "agent"),
        ("OpenClaw.Gateway.Core.Cron", "cron"),
        ("OpenClaw.Gateway.Core.Hooks", "hooks"),
        ("OpenClaw.Gateway.Core", "gateway"),
        ("OpenClaw.Gateway.Bus", "gateway/bus"),
        ("OpenClaw.Gateway.Edge", "gateway/http"),
        ("OpenClaw.Gateway.Client", "gateway/client"),
        ("OpenClaw.Channels.Telegram", "telegram"),
        ("OpenClaw.Channels.WhatsApp", "whatsapp"),
        ("OpenClaw.Channels", "gateway/channels"),
        ("OpenClaw.Canvas.Host", "gateway/canvas"),
        ("OpenClaw.Browser.Control", "browser"),
        ("OpenClaw.Cli", "gateway"),
        ("OpenClaw", "gateway"),
        ("Microsoft.Hosting.Lifetime", "gateway"),
        ("Microsoft.AspNetCore", "gateway/http"),
        ("System.Net.Http.HttpClient", "http"),
        ("Yarp", "gateway/http"),
    ];

    private static readonly HashSet<string> Channels =
        ["telegram", "whatsapp", "discord", "googlechat", "slack", "signal", "imessage"];

    public static string FromCategory(string category)
    {
        foreach (var (prefix, subsystem) in Areas)
        {
            if (category == prefix || (category.StartsWith(prefix, StringComparison.Ordinal) && category[prefix.Length] == '.'))
                return subsystem;
        }
        return category;
    }

    /// <summary>True for the frameworks' own categories, whose chatter below warnings is nobody's business.</summary>
    public static bool IsFramework(string category) =>
        category.StartsWith("Microsoft.", StringComparison.Ordinal) || category.StartsWith("System.", StringComparison.Ordinal)
        || category.StartsWith("Yarp.", StringComparison.Ordinal) || category.StartsWith("Polly", StringComparison.Ordinal);

    /// <summary>The name as the console shows it: without the parts that say nothing, and a channel's lines under its name.</summary>
    public static string Display(string subsystem)
    {
        var parts = subsystem.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shown = parts.SkipWhile(part => part is "gateway" or "channels" or "providers").ToArray();
        if (shown.Length == 0)
            return parts.Length == 0 ? subsystem : string.Join('/', parts);
        return Channels.Contains(shown[0]) ? shown[0] : string.Join('/', shown.TakeLast(LongestShown));
    }

    /// <summary>The message without the subsystem's name in front: the console shows it already.</summary>
    public static string StripFrom(string message, string display)
    {
        if (message.StartsWith('[') && message.IndexOf(']', StringComparison.Ordinal) is > 1 and var close
            && message.AsSpan(1, close - 1).Equals(display, StringComparison.OrdinalIgnoreCase))
        {
            return message[(close + 1)..].TrimStart(' ');
        }
        if (!message.StartsWith(display, StringComparison.OrdinalIgnoreCase) || message.Length == display.Length || message[display.Length] is not (':' or ' '))
            return message;
        var rest = message[display.Length..].TrimStart(' ');
        return rest.StartsWith(':') ? rest[1..].TrimStart(' ') : rest;
    }
}
