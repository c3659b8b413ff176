using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>From choices to the changes of the configuration file, in the keys of the peer. What nobody chose is not touched.</summary>
internal sealed class OnboardingPlan(ConfigSnapshot snapshot, OnboardingChoices choices)
{
    /// <summary>Commands of a phone that a first run refuses; the peer's list.</summary>
    private static readonly string[] PhoneCommands = ["camera.snap", "camera.clip", "screen.record", "calendar.add", "contacts.add", "reminders.add"];

    private readonly ImmutableArray<ConfigEdit>.Builder _edits = ImmutableArray.CreateBuilder<ConfigEdit>();

    public ImmutableArray<ConfigEdit> Edits(DateTimeOffset now)
    {
        if (choices.Remote is { } remote)
            Set(remote ? "remote" : "local", "gateway", "mode");
        if (choices.Remote == true)
        {
            SetIfGiven(choices.RemoteUrl, "gateway", "remote", "url");
            SetIfGiven(choices.RemoteToken, "gateway", "remote", "token");
        }
        else
        {
            Gateway();
        }
        SetIfGiven(choices.Workspace, "agents", "defaults", "workspace");
        SetIfGiven(choices.Model, "agents", "defaults", "model", "primary");
        if (choices.Key is { } key)
            Set(new JsonObject { ["provider"] = key.Provider, ["mode"] = key.IsToken ? "token" : "api_key" }, "auth", "profiles", key.ProfileId);
        if (choices.TelegramToken is { } bot)
        {
            Set(bot, "channels", "telegram", "botToken");
            // The peer, on the same file, runs no channel without it.
            Set(true, "plugins", "entries", "telegram", "enabled");
        }
        SetIfGiven(choices.NodeManager, "skills", "install", "nodeManager");
        Set(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), "wizard", "lastRunAt");
        // The release whose format this is: meta.lastTouchedVersion says the same.
        Set(ConfigWriter.FormatVersion, "wizard", "lastRunVersion");
        Set(choices.Command, "wizard", "lastRunCommand");
        Set(choices.Remote ?? snapshot.Gateway.Mode is GatewayMode.Remote ? "remote" : "local", "wizard", "lastRunMode");
        return _edits.ToImmutable();
    }

    private void Gateway()
    {
        if (choices.Port is { } port)
            Set(port, "gateway", "port");
        SetIfGiven(choices.Bind, "gateway", "bind");
        SetIfGiven(choices.AuthMode, "gateway", "auth", "mode");
        SetIfGiven(choices.Token, "gateway", "auth", "token");
        SetIfGiven(choices.Password, "gateway", "auth", "password");
        // A token that is there stays: other machines were given it.
        if (choices.Remote == false && choices is { Token: null, Password: null } && FreshToken.IsNeeded(snapshot))
            Set(FreshToken.Create(), "gateway", "auth", "token");
        SetIfGiven(choices.Tailscale, "gateway", "tailscale", "mode");
        if (choices.TailscaleResetOnExit is { } reset)
            Set(reset, "gateway", "tailscale", "resetOnExit");
        if (choices.DenyPhoneCommands && snapshot.Root.Section("gateway").Section("nodes").Value("denyCommands") is null)
            Set(new JsonArray([.. PhoneCommands.Select(static name => JsonValue.Create(name))]), "gateway", "nodes", "denyCommands");
    }

    private void SetIfGiven(string? value, params ReadOnlySpan<string> path)
    {
        if (value is not null)
            Set(value, path);
    }

    private void Set(JsonNode value, params ReadOnlySpan<string> path) => _edits.Add(new ConfigEdit.Set(ConfigPath.Of(path), value));
}
