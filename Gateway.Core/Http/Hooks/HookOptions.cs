using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary><c>hooks.*</c> of the configuration in force.</summary>
internal sealed record HookOptions
{
    /// <summary>Starts with a slash, has none at its end.</summary>
    public required string Path { get; init; }

    /// <summary>Opens every hook; null serves none.</summary>
    public required string? Token { get; init; }

    public required long MaxBodyBytes { get; init; }

    /// <summary>In the order in which they are tried: the configured ones, then those of presets.</summary>
    public required IReadOnlyList<HookMapping> Mappings { get; init; }

    /// <summary>Beginnings of session keys that payloads may choose by a mapping's template, besides <c>hook:</c>.</summary>
    public IReadOnlyList<string> AllowedSessionKeyPrefixes { get; init; } = [];

    /// <summary>The defaults are the original's.</summary>
    public static HookOptions From(ConfigSnapshot snapshot)
    {
        var hooks = snapshot.Root.Section("hooks");
        var path = hooks.Text("path")?.Trim('/');
        var mappings = hooks.Sections("mappings").Select(HookMapping.From);
        if (hooks.Strings("presets").Contains("gmail", StringComparer.OrdinalIgnoreCase))
            mappings = mappings.Append(HookMapping.Gmail(hooks.Section("gmail")));
        return new HookOptions
        {
            Path = "/" + (string.IsNullOrEmpty(path) ? "hooks" : path),
            // No secret, no hooks: a missing one must not mean that everybody may.
            Token = hooks.Bool("enabled") == true ? hooks.Text("token") : null,
            MaxBodyBytes = hooks.Long("maxBodyBytes") is > 0 and var bytes ? bytes : 256 << 10,
            Mappings = [.. mappings],
            AllowedSessionKeyPrefixes = [.. hooks.Strings("allowedSessionKeyPrefixes").Where(static prefix => !string.IsNullOrWhiteSpace(prefix))],
        };
    }

    /// <summary>A session key that a payload had a part in: a hook's own, unless the operator lets hooks have it, for it could name anybody's session.</summary>
    public string Confine(string key) =>
        AllowedSessionKeyPrefixes.Prepend("hook:").Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? key : "hook:" + key;
}

/// <summary>One of <c>hooks.mappings</c>: turns the payload of some service into a wake or a run.</summary>
internal sealed record HookMapping
{
    public string? Id { get; init; }

    /// <summary>Sub-path that it answers, without slashes around it; null for all.</summary>
    public string? MatchPath { get; init; }

    /// <summary>Value of the payload's <c>source</c>; null for all.</summary>
    public string? MatchSource { get; init; }

    /// <summary>A secret that opens this mapping and nothing else; null for none.</summary>
    public string? Token { get; init; }

    public bool IsWake { get; init; }

    public bool WakesNow { get; init; } = true;

    public string? Name { get; init; }

    public string? SessionKey { get; init; }

    public string? MessageTemplate { get; init; }

    public string? TextTemplate { get; init; }

    public bool Deliver { get; init; } = true;

    public bool AllowUnsafeExternalContent { get; init; }

    public string? Channel { get; init; }

    public string? To { get; init; }

    public string? Model { get; init; }

    public string? Thinking { get; init; }

    public long? TimeoutSeconds { get; init; }

    /// <summary>It names a JavaScript module, which this gateway does not run.</summary>
    public bool HasTransform { get; init; }

    public static HookMapping From(ConfigSection section) => new()
    {
        Id = section.Text("id"),
        MatchPath = section.Section("match").Text("path")?.Trim('/'),
        MatchSource = section.Section("match").Text("source"),
        Token = section.Text("token"),
        IsWake = section.Text("action") == "wake",
        WakesNow = section.Text("wakeMode") != "next-heartbeat",
        Name = section.Text("name"),
        SessionKey = section.Text("sessionKey"),
        MessageTemplate = section.String("messageTemplate"),
        TextTemplate = section.String("textTemplate"),
        Deliver = section.Bool("deliver") ?? true,
        AllowUnsafeExternalContent = section.Bool("allowUnsafeExternalContent") ?? false,
        Channel = section.Text("channel"),
        To = section.Text("to"),
        Model = section.Text("model"),
        Thinking = section.Text("thinking"),
        TimeoutSeconds = section.Long("timeoutSeconds"),
        HasTransform = section.Section("transform").Exists,
    };

    /// <summary>The preset <c>gmail</c>: one run per push, with its first mail.</summary>
    public static HookMapping Gmail(ConfigSection gmail) => new()
    {
        Id = "gmail",
        MatchPath = "gmail",
        Name = "Gmail",
        SessionKey = "hook:gmail:{{messages[0].id}}",
        MessageTemplate = "A new mail has come.\nFrom: {{messages[0].from}}\nSubject: {{messages[0].subject}}\n\n{{messages[0].snippet}}\n{{messages[0].body}}",
        AllowUnsafeExternalContent = gmail.Bool("allowUnsafeExternalContent") ?? false,
        Model = gmail.Text("model"),
        Thinking = gmail.Text("thinking"),
    };
}
