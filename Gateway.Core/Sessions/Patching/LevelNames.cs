namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>What people may write for a level, and how it is stored. Null for anything else.</summary>
internal static class LevelNames
{
    public static string? Thinking(string text)
    {
        var key = Key(text);
        var joined = string.Concat(key.Where(static c => c is not (' ' or '_' or '-' or '\t')));
        if (joined is "xhigh" or "extrahigh")
            return "xhigh";
        return key switch
        {
            "off" => "off",
            "min" or "minimal" or "think" => "minimal",
            "low" or "on" or "enable" or "enabled" or "thinkhard" or "think-hard" or "think_hard" => "low",
            "mid" or "med" or "medium" or "harder" or "thinkharder" or "think-harder" => "medium",
            "high" or "ultra" or "ultrathink" or "thinkhardest" or "highest" or "max" => "high",
            _ => null,
        };
    }

    public static string? Verbose(string text) => Key(text) switch
    {
        "off" or "false" or "no" or "0" => "off",
        "full" or "all" or "everything" => "full",
        "on" or "minimal" or "true" or "yes" or "1" => "on",
        _ => null,
    };

    public static string? Reasoning(string text) => Key(text) switch
    {
        "off" or "false" or "no" or "0" or "hide" or "hidden" or "disable" or "disabled" => "off",
        "on" or "true" or "yes" or "1" or "show" or "visible" or "enable" or "enabled" => "on",
        "stream" or "streaming" or "draft" or "live" => "stream",
        _ => null,
    };

    public static string? ResponseUsage(string text) => Key(text) switch
    {
        "off" or "false" or "no" or "0" or "disable" or "disabled" => "off",
        "on" or "true" or "yes" or "1" or "enable" or "enabled" or "tokens" or "token" or "tok" or "minimal" or "min" => "tokens",
        "full" or "session" => "full",
        _ => null,
    };

    public static string? Elevated(string text) => Key(text) switch
    {
        "off" or "false" or "no" or "0" => "off",
        "full" or "auto" or "auto-approve" or "autoapprove" => "full",
        "ask" or "prompt" or "approval" or "approve" => "ask",
        "on" or "true" or "yes" or "1" => "on",
        _ => null,
    };

    public static string? OneOf(string text, params ReadOnlySpan<string> names)
    {
        var key = Key(text);
        foreach (var name in names)
        {
            if (name == key)
                return name;
        }
        return null;
    }

    private static string Key(string text) => text.Trim().ToLowerInvariant();
}
