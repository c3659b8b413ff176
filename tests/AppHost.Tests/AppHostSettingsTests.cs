using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using OpenClaw.AppHost.Services;

namespace OpenClaw.AppHost.Tests;

public sealed class AppHostSettingsTests
{
    [Theory]
    [InlineData("cores", "0", "Parameters:cores is '0'; allowed are 1 to 32.")]
    [InlineData("cores", "abc", "Parameters:cores is 'abc'; allowed are 1 to 32.")]
    [InlineData("cores", "-1", "Parameters:cores is '-1'; allowed are 1 to 32.")]
    [InlineData("port", "65536", "Parameters:port is '65536'; allowed are 1 to 65535.")]
    [InlineData("redis", "cloud", "Parameters:redis is 'cloud'; allowed are container and program.")]
    [InlineData("deployment", "swarm", "Parameters:deployment is 'swarm'; allowed are compose and kubernetes.")]
    public void WrongValue_IsNamed(string name, string value, string message)
    {
        var error = Assert.Throws<DistributedApplicationException>(() => Read((name, value)));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void WrongValues_AreAllNamed()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => Read(("cores", "many"), ("port", "http")));

        Assert.Equal("Parameters:cores is 'many'; allowed are 1 to 32. Parameters:port is 'http'; allowed are 1 to 65535.", error.Message);
    }

    [Fact]
    public void NothingGiven_IsOneCoreOnTheUsualPort()
    {
        var settings = Read();

        Assert.Equal((1, 18789), (settings.Cores, settings.Port));
        Assert.Equal(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".openclaw-aspire"), settings.StateDirectory);
    }

    private static AppHostSettings Read(params (string Name, string Value)[] parameters) => AppHostSettings.From(new ConfigurationBuilder()
        .AddInMemoryCollection(parameters.ToDictionary(static parameter => $"Parameters:{parameter.Name}", static parameter => (string?)parameter.Value)).Build());
}
