using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>A field of <c>sessions.patch</c> with a closed set of values.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Read">The stored form of what a client wrote; null when it is none of the values.</param>
/// <param name="Allowed">The values as the error text lists them.</param>
/// <param name="OffClears">Storing <c>off</c> and storing nothing are the same.</param>
internal sealed record PatchChoice(string Field, Func<string, string?> Read, string Allowed, bool OffClears = false)
{
    public string Error => $"invalid {Field} (use {Allowed})";
}

/// <summary>The fields with closed sets, in the order in which they are checked.</summary>
internal static class PatchRules
{
    /// <summary>Checked before the model.</summary>
    public static readonly PatchChoice[] BeforeModel =
    [
        new(SessionFields.VerboseLevel, LevelNames.Verbose, "\"on\"|\"off\""),
        new(SessionFields.ReasoningLevel, LevelNames.Reasoning, "\"on\"|\"off\"|\"stream\"", OffClears: true),
        new(SessionFields.ResponseUsage, LevelNames.ResponseUsage, "\"off\"|\"tokens\"|\"full\"", OffClears: true),
        new(SessionFields.ElevatedLevel, LevelNames.Elevated, "\"on\"|\"off\"|\"ask\"|\"full\""),
        new(SessionFields.ExecHost, static t => LevelNames.OneOf(t, "sandbox", "gateway", "node"), "\"sandbox\"|\"gateway\"|\"node\""),
        new(SessionFields.ExecSecurity, static t => LevelNames.OneOf(t, "deny", "allowlist", "full"), "\"deny\"|\"allowlist\"|\"full\""),
        new(SessionFields.ExecAsk, static t => LevelNames.OneOf(t, "off", "on-miss", "always"), "\"off\"|\"on-miss\"|\"always\""),
    ];

    /// <summary>Checked last.</summary>
    public static readonly PatchChoice[] AfterModel =
    [
        new(SessionFields.SendPolicy, static t => LevelNames.OneOf(t, "allow", "deny"), "\"allow\"|\"deny\""),
        new(SessionFields.GroupActivation, static t => LevelNames.OneOf(t, "mention", "always"), "\"mention\"|\"always\""),
    ];

    /// <summary>Applies what the patch says about one field.</summary>
    public static SessionError? Apply(PatchChoice choice, SessionPatch patch, SessionEntryEditor entry)
    {
        if (!patch.TryGet(choice.Field, out var text))
            return null;
        var value = text is null ? null : choice.Read(text);
        if (text is not null && value is null)
            return SessionError.Invalid(choice.Error);
        entry.Set(choice.Field, choice.OffClears && value == "off" ? null : value);
        return null;
    }
}
