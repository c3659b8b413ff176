using System.Text.Json;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.ChatCompletions;
using OpenClaw.Gateway.Core.Http.Responses;
using OpenClaw.Gateway.Protocol.Services;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>Tells the edges what they must know of the configuration.</summary>
internal sealed class EdgeSettingsPublisher(IBus bus, ConfigStore configuration, TimeProvider time) : ConfigPublisher(bus, configuration, time)
{
    /// <summary>The part of a configuration that edges need.</summary>
    public static EdgeSettings SettingsOf(ConfigSnapshot snapshot)
    {
        var defaults = new EdgeSettings();
        var gateway = snapshot.Gateway;
        var hooks = snapshot.Root.Section("hooks");
        var path = hooks.Text("path")?.Trim('/');
        return new EdgeSettings
        {
            TrustedProxies = gateway.TrustedProxies,
            ControlUi = gateway.ControlUi.Enabled,
            Tls = gateway.Tls.Enabled,
            BasePath = gateway.ControlUi.BasePath,
            HooksPath = string.IsNullOrEmpty(path) ? defaults.HooksPath : "/" + path,
            HooksMaxBodyBytes = hooks.Int("maxBodyBytes") is > 0 and var hookBytes ? hookBytes : defaults.HooksMaxBodyBytes,
            ChatCompletionsMaxBodyBytes = ChatCompletionsEndpoint.MaxBodyBytes(snapshot),
            ResponsesMaxBodyBytes = ResponsesEndpoint.MaxBodyBytes(snapshot),
        };
    }

    protected override IEnumerable<PublishedEntry> EntriesOf(ConfigSnapshot snapshot) =>
        [new PublishedEntry(EdgeSettings.Map, EdgeSettings.Key, JsonSerializer.SerializeToUtf8Bytes(SettingsOf(snapshot), ServicesJsonContext.Default.EdgeSettings))];
}
