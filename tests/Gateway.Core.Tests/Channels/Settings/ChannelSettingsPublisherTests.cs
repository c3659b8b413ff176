using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Gateway.Core.Channels.Settings;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Tests.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Channels.Settings;

public sealed class ChannelSettingsPublisherTests
{
    [Fact]
    public async Task SettingsOf_TheDeepestConfigurationThereMayBe_CanBeReadByAChannel()
    {
        const int around = 3; // the root, channels, telegram
        var deep = string.Concat(Enumerable.Repeat("{ a: ", Json5Document.MaxDepth - around - 1)) + "{ b: 1 }" + new string('}', Json5Document.MaxDepth - around - 1);
        using var home = new ConfigHome($"{{ channels: {{ telegram: {{ unknown: {deep} }} }} }}");
        var snapshot = await home.LoadAsync();
        Assert.True(snapshot.Valid, string.Join('\n', snapshot.Issues));

        var published = JsonSerializer.SerializeToUtf8Bytes(ChannelSettingsPublisher.SettingsOf(snapshot, "telegram"), ChannelJsonContext.Default.ChannelSettings);
        var read = JsonSerializer.Deserialize(published, ChannelJsonContext.Default.ChannelSettings);

        Assert.True(read!.Section.GetProperty("unknown").TryGetProperty("a", out _));
    }
}
