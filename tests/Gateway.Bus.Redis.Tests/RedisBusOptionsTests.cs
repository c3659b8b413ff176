using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

public sealed class RedisBusOptionsTests
{
    [Fact]
    public void Validate_Defaults_NeedOnlyTheServer() =>
        Assert.True(Validate(new RedisBusOptions { Configuration = "redis:6379,password=p,ssl=true" }).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_NamesAllOfIt()
    {
        var result = Validate(new RedisBusOptions { KeyPrefix = "a{b", CommandTimeout = TimeSpan.Zero, MaxQueueEntries = 0, CertificateAuthorityFile = "/no/such/file" });
        Assert.Equal(
            [
                "RedisBusOptions: Configuration is not set; give host:port, and password=… where one is needed.",
                "RedisBusOptions: KeyPrefix is 'a{b'; allowed are 1 to 64 characters without braces and control characters.",
                "RedisBusOptions: CertificateAuthorityFile is '/no/such/file'; there is no such file.",
                "RedisBusOptions: CommandTimeout is 00:00:00; allowed is 00:00:00.1000000 to 00:01:00.",
                "RedisBusOptions: MaxQueueEntries is 0; allowed is 1 to 10000000.",
            ],
            result.Failures);
    }

    [Theory]
    [InlineData("redis:6379,other:6379")]
    [InlineData("password=hunter2")]
    [InlineData("redis,connectTimeout=hunter2")]
    public void Validate_ConfigurationOfAnotherForm_IsRefusedWithoutQuotingIt(string configuration) =>
        Assert.DoesNotContain("hunter2", Assert.Single(Validate(new RedisBusOptions { Configuration = configuration }).Failures!), StringComparison.Ordinal);

    [Theory]
    [InlineData("redis:6379", "openclaw:")]
    [InlineData("redis:6379,defaultDatabase=0", "openclaw:")]
    [InlineData("redis:6379,defaultDatabase=2", "openclaw:db2:")]
    public void AddRedisBus_AnotherDatabase_HasKeysAndChannelsOfItsOwn(string configuration, string prefix)
    {
        using var services = new ServiceCollection().AddRedisBus(bus => bus.Configuration = configuration).BuildServiceProvider();

        Assert.Equal(prefix, services.GetRequiredService<IOptions<RedisBusOptions>>().Value.KeyPrefix);
    }

    private static ValidateOptionsResult Validate(RedisBusOptions options) => new RedisBusOptionsValidator().Validate(null, options);
}
