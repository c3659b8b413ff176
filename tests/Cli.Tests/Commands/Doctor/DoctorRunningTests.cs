using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

/// <summary>The doctor beside a real gateway process.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class DoctorRunningTests(RunningGateway gateway)
{
    [Fact]
    public async Task Doctor_GatewayRuns_FindsNothingWrongWithIt()
    {
        var (_, report) = await gateway.Home.DoctorAsync("--deep");

        Assert.DoesNotContain(report.Problems().Concat(report.Ids("info")), id => id.StartsWith("gateway.", StringComparison.Ordinal) && id is not ("gateway.token_too_short" or "gateway.trusted_proxies_missing"));
        Assert.DoesNotContain(report.Problems(), id => id.StartsWith("lock.", StringComparison.Ordinal) || id.StartsWith("doctor.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_Doctor_EndsWithOneWhileSomethingIsWrong()
    {
        using var home = new CliHome();

        var result = await OpenClawProcess.RunAsync(home, "doctor", "--non-interactive");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.StartsWith("OpenClaw doctor\n", result.Out, StringComparison.Ordinal);
    }
}
