using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Redis is there, but full, guarded, or has forgotten something.</summary>
[NeedsRedis]
public sealed class ServerLimitTests
{
    [Fact]
    public async Task MemoryFull_AppendsAreRefusedAndTheRestGoesOn()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        var bus = test.Bus;
        await using var served = await bus.Calls.ServeAsync("s", (_, _) => new(Faults.Bytes("answer")));
        for (var i = 0; i < 3; i++)
            Assert.True((await bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes($"{i}") })).IsStored);
        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1");

        var refused = await bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("refused") });
        Assert.Equal(AppendOutcome.Unavailable, refused.Outcome);
        Assert.Contains("memory", refused.Error, StringComparison.Ordinal);
        Assert.Contains("memory", Assert.Single(bus.Health.Faults), StringComparison.Ordinal);
        Assert.Equal(BusConnectionState.Connected, bus.Health.Connection!.State);
        Assert.Equal(LeaseOutcome.Unavailable, (await bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromSeconds(1))).Outcome);
        Assert.Equal(CallOutcome.Answered, (await bus.Calls.CallAsync("s", default)).Outcome);
        Assert.Equal(PublishOutcome.Published, await bus.Topics.PublishAsync("t", default));

        // What is stored can be handled, which is how a queue that fills memory empties.
        var handled = new List<string>();
        await using (await bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            lock (handled)
                handled.Add(delivery.Text());
            return new(QueueVerdict.Done);
        }))
            await bus.UntilEmptyAsync("q");
        Assert.Equal(["0", "1", "2"], handled);

        await server.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        await TestTimeouts.Until(() => bus.Health.IsHealthy, "health to notice that there is memory again");
        Assert.True((await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).IsStored);
    }

    [Fact]
    public async Task Password_WrongThenRight_HealthSaysWhyAndNothingTellsThePassword()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "right-secret");
        await using (var wrong = new TestBus(server.Configuration + ",password=wrong-secret"))
        {
            var result = await wrong.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout();
            Assert.Equal(AppendOutcome.Unavailable, result.Outcome);
            Assert.Equal("Redis does not accept the password, or wants one.", wrong.Bus.Health.Connection!.Reason);
            Assert.DoesNotContain(wrong.Logs.Entries, e => e.Text.Contains("secret", StringComparison.Ordinal));
        }
        await using var right = new TestBus(server.Configuration + ",password=right-secret");
        Assert.True((await right.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).IsStored);
    }

    [Fact]
    public async Task Tls_OnlyATrustedCertificateForTheNameWillDo()
    {
        using var directory = new TempDirectory();
        var authority = WriteCertificates(directory);
        await using var server = await RedisServer.StartAsync(
            "--port", "0", "--tls-port", "{port}", "--tls-auth-clients", "no",
            "--tls-cert-file", directory["server.pem"], "--tls-key-file", directory["server.key"], "--tls-ca-cert-file", authority);
        var tls = server.Configuration + ",ssl=true,sslHost=";
        await using (var trusted = new TestBus(tls + "redis.test", o => o.CertificateAuthorityFile = authority))
            Assert.True((await trusted.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).IsStored);
        await using (var unknown = new TestBus(tls + "redis.test"))
            Assert.Equal(AppendOutcome.Unavailable, (await unknown.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).Outcome);
        await using (var otherName = new TestBus(tls + "other.test", o => o.CertificateAuthorityFile = authority))
            Assert.Equal(AppendOutcome.Unavailable, (await otherName.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).Outcome);
        await using (var plain = new TestBus(server.Configuration))
            Assert.Equal(AppendOutcome.Unavailable, (await plain.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).Outcome);
    }

    [Fact]
    public async Task ScriptsAndDataGone_TheBusGoesOnAndTokensStillRise()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        var bus = test.Bus;
        var handled = new List<string>();
        await using var consumer = await bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            lock (handled)
                handled.Add(delivery.Text());
            return new(QueueVerdict.Done);
        });
        var before = (await bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromMinutes(1))).Lease!;
        var version = (await bus.Maps.SetAsync("m", "k", default)).Version;
        await server.CommandAsync("FLUSHALL");
        await server.CommandAsync("SCRIPT", "FLUSH");

        Assert.False(await before.RenewAsync());
        await using var after = (await bus.Leases.TryAcquireAsync("l", "you", TimeSpan.FromMinutes(1))).Lease!;
        Assert.True(after.FencingToken > before.FencingToken);
        Assert.True((await bus.Maps.SetAsync("m", "k", default)).Version > version);
        Assert.True((await bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("new") })).IsStored);
        await bus.UntilEmptyAsync("q");
        Assert.Equal(["new"], handled);
    }

    [Fact]
    public async Task AnswerToAnAppendLost_IsSentAgainAndStoredOnce()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Port);
        await using var test = new TestBus(proxy.Configuration);
        Assert.True((await test.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Faults.Bytes("first") })).IsStored);
        proxy.CutAfter("the-marked-payload"u8.ToArray());
        var result = await test.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Faults.Bytes("the-marked-payload") }).AsTask().WithTimeout();
        Assert.True(result.IsStored, result.Error);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(2, (await test.Bus.Queues.GetStatisticsAsync("q")).Waiting);
        Assert.Equal("2", await server.CommandAsync("XLEN", "openclaw:queue:{q}:work"));
    }

    [Fact]
    public async Task AnswerToAVerdictLost_MessageIsSettledOnceAndDoesNotComeAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Port);
        await using var test = new TestBus(proxy.Configuration);
        await test.Bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("1") });
        await test.Bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("2") });
        var handled = new List<string>();
        await using var consumer = await test.Bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            lock (handled)
                handled.Add(delivery.Text());
            if (delivery.Text() == "1")
                proxy.CutAfter("done"u8.ToArray());
            return new(QueueVerdict.Done);
        });
        await test.Bus.UntilEmptyAsync("q");
        Assert.Equal(["1", "2"], handled);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal("2", await server.CommandAsync("HGET", "openclaw:queue:{q}:stats", "settled"));
    }

    [Fact]
    public async Task Call_ServersWireIsCut_EndsLongBeforeItsDeadline()
    {
        await using var server = await RedisServer.StartAsync();
        var proxy = new CuttingProxy(server.Port);
        await using var answering = new TestBus(proxy.Configuration);
        await using var calling = new TestBus(server.Configuration);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var served = await answering.Bus.Calls.ServeAsync("s", async (_, cancellationToken) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        });
        var call = calling.Bus.Calls.CallAsync("s", default, new CallOptions { Timeout = TimeSpan.FromHours(1) }).AsTask();
        await began.Task.WithTimeout();
        await proxy.DisposeAsync();
        Assert.Equal((CallOutcome.ServerStopped, true), ((await call.WithTimeout()).Outcome, (await call).MayHaveRun));
        Assert.Equal(CallOutcome.NoServer, (await calling.Bus.Calls.CallAsync("s", default).AsTask().WithTimeout()).Outcome);
    }

    [Fact]
    public async Task Host_StopsInAnOrderlyWayWhileRedisIsDown()
    {
        var server = await RedisServer.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRedisBus(o => o.Configuration = server.Configuration);
        using var host = builder.Build();
        await host.StartAsync().WithTimeout();
        var bus = host.Services.GetRequiredService<IBus>();
        await bus.UntilConnectedAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var consumer = await bus.Queues.ConsumeAsync("q", async (_, cancellationToken) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return QueueVerdict.Done;
        });
        await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default });
        await began.Task.WithTimeout();
        await server.DisposeAsync();
        await bus.UntilDisconnectedAsync();
        await host.StopAsync().WithTimeout();
    }

    /// <summary>An authority, and a certificate of its for redis.test.</summary>
    private static string WriteCertificates(TempDirectory directory)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=redis.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("redis.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, until, [1, 2, 3, 4]);
        File.WriteAllText(directory["ca.pem"], authority.ExportCertificatePem());
        File.WriteAllText(directory["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(directory["server.key"], key.ExportPkcs8PrivateKeyPem());
        return directory["ca.pem"];
    }
}
