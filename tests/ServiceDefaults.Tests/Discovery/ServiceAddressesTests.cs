using Microsoft.Extensions.Configuration;
using OpenClaw.ServiceDefaults.Discovery;

namespace OpenClaw.ServiceDefaults.Tests.Discovery;

public sealed class ServiceAddressesTests
{
    [Fact]
    public void Of_ReadsAllInstances_AndPrefersTls()
    {
        var configuration = Of(("services:core:http:0", "http://a:1"), ("services:core:http:1", "http://b:2"), ("services:canvas:http:0", "http://c:3"), ("services:canvas:https:0", "https://c:4"));

        Assert.Equal([new Uri("http://a:1"), new Uri("http://b:2")], ServiceAddresses.Of(configuration, "core"));
        Assert.Equal([new Uri("https://c:4")], ServiceAddresses.Of(configuration, "canvas"));
        Assert.Empty(ServiceAddresses.Of(configuration, "telegram"));
    }

    [Theory]
    [InlineData("core:5000")]
    [InlineData("ftp://core/")]
    [InlineData("http://core/path")]
    public void Of_SomethingElse_NamesVariableAndValue(string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ServiceAddresses.Of(Of(("services:core:http:0", value)), "core"));

        Assert.Contains("services__core__http__0 is '" + value + "'", error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Of(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
