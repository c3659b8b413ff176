using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>What a hook call asks for.</summary>
internal abstract record HookAction;

/// <summary>Tell the main session something.</summary>
/// <param name="Text">What, with its marks where it needs them.</param>
/// <param name="Now">And have it look at it at once.</param>
internal sealed record HookWake(string Text, bool Now) : HookAction;

/// <summary>Run a turn of its own.</summary>
internal sealed record HookTurn(string Message) : HookAction
{
    public string Name { get; init; } = "Hook";

    /// <summary>A name that what came has a part in, which does not stand outside of the marks; null when there is none.</summary>
    public string? Title { get; init; }

    public bool WakesNow { get; init; } = true;

    /// <summary>As asked for; null for a session of its own.</summary>
    public string? SessionKey { get; init; }

    public bool Deliver { get; init; } = true;

    public string? Model { get; init; }

    public string? Thinking { get; init; }

    public long? TimeoutSeconds { get; init; }

    public bool IsMail { get; init; }

    public bool IsTrusted { get; init; }
}

/// <summary>Makes actions of calls. A text in place of an action says what is wrong; the texts are the original's.</summary>
internal static class HookActions
{
    private const int MaxSessionKeyChars = 200;

    public static (HookAction? Action, string? Wrong) Wake(JsonElement body)
    {
        var text = FieldReader.Get(body, "text") is { ValueKind: JsonValueKind.String } given ? given.GetString()!.Trim() : "";
        return text.Length == 0 ? (null, "text required") : (new HookWake(HookPrompt.Marked(text), TextOf(body, "mode") != "next-heartbeat"), null);
    }

    public static (HookAction? Action, string? Wrong) Turn(JsonElement body)
    {
        if (TextOf(body, "message")?.Trim() is not { Length: > 0 } message)
            return (null, "message required");
        if (FieldReader.Get(body, "channel") is { } channel && !(channel.ValueKind is JsonValueKind.String && channel.GetString()!.Trim() == "last"))
            return (null, "channel must be last");
        if (FieldReader.Get(body, "model") is { } model && (model.ValueKind is not JsonValueKind.String || string.IsNullOrWhiteSpace(model.GetString())))
            return (null, "model required");
        if (TextOf(body, "thinking") is { Length: > 0 } thinking && Levels.ParseThinking(thinking) is null)
            return (null, "thinking must be off, minimal, low, medium, high or xhigh");
        if (FieldReader.Get(body, "timeoutSeconds") is { } seconds && !(seconds.ValueKind is JsonValueKind.Number && seconds.TryGetDouble(out var number) && number > 0 && double.IsFinite(number)))
            return (null, "timeoutSeconds must be a positive number");
        return (new HookTurn(message)
        {
            Name = TextOf(body, "name")?.Trim() is { Length: > 0 } name ? name : "Hook",
            WakesNow = TextOf(body, "wakeMode") != "next-heartbeat",
            // Whoever may call a hook must not thereby write into other sessions.
            SessionKey = TextOf(body, "sessionKey")?.Trim() is { Length: > 0 } key ? (key.StartsWith("hook:", StringComparison.Ordinal) ? key : "hook:" + key) : null,
            Deliver = FieldReader.Get(body, "deliver") is not { ValueKind: JsonValueKind.False },
            Model = TextOf(body, "model")?.Trim(),
            Thinking = TextOf(body, "thinking")?.Trim(),
            TimeoutSeconds = FieldReader.Get(body, "timeoutSeconds") is { } limit ? Seconds(limit.GetDouble()) : null,
        }, null);
    }

    public static (HookAction? Action, string? Wrong) Of(HookOptions options, HookMapping mapping, HookTemplateValues values)
    {
        if (mapping.IsWake)
            return HookTemplate.Fill(mapping.TextTemplate, values)?.Trim() is { Length: > 0 } text
                ? (new HookWake(mapping.AllowUnsafeExternalContent || !HookTemplate.HasExpression(mapping.TextTemplate) ? text : HookPrompt.Marked(text), mapping.WakesNow), null)
                : (null, "hook mapping requires text");
        if (HookTemplate.Fill(mapping.MessageTemplate, values)?.Trim() is not { Length: > 0 } message)
            return (null, "hook mapping requires message");
        if (mapping.Channel is not (null or "last"))
            return (null, "channel must be last");
        return (new HookTurn(message)
        {
            Name = mapping.Name?.Trim() is { Length: > 0 } name && !HookTemplate.HasExpression(name) ? name : "Hook",
            Title = HookTemplate.HasExpression(mapping.Name) && HookTemplate.Fill(mapping.Name, values)?.Trim() is { Length: > 0 } title ? title : null,
            WakesNow = mapping.WakesNow,
            SessionKey = HookTemplate.Fill(mapping.SessionKey, values)?.Trim() is { Length: > 0 } key ? (HookTemplate.HasExpression(mapping.SessionKey) ? options.Confine(key) : key) : null,
            Deliver = mapping.Deliver,
            Model = HookTemplate.Fill(mapping.Model, values)?.Trim() is { Length: > 0 } model ? model : null,
            Thinking = HookTemplate.Fill(mapping.Thinking, values)?.Trim() is { Length: > 0 } thinking ? thinking : null,
            TimeoutSeconds = mapping.TimeoutSeconds is > 0 and var seconds ? Seconds(seconds) : null,
            IsMail = mapping.MatchPath == "gmail",
            IsTrusted = mapping.AllowUnsafeExternalContent,
        }, null);
    }

    /// <summary>A session key that hooks may write to; null when it is not one.</summary>
    public static bool MayUse(string rest, string mainKey) =>
        rest.Length is > 0 and <= MaxSessionKeyChars && !rest.Any(char.IsControl) && rest != mainKey && rest != "main"
        && !((string[])["subagent:", "cron:", "acp:"]).Any(reserved => rest.StartsWith(reserved, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whole seconds, as many as a timer can wait; less than one is no limit of its own.</summary>
    private static long? Seconds(double seconds) => Math.Floor(Math.Min(seconds, int.MaxValue / 1000)) is >= 1 and var whole ? (long)whole : null;

    private static string? TextOf(JsonElement body, string name) => FieldReader.Get(body, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
