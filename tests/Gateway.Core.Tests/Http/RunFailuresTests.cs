using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Runs;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class RunFailuresTests
{
    [Theory]
    [InlineData(nameof(ModelFailureKind.RateLimit), 429)]
    [InlineData(nameof(ModelFailureKind.ContextOverflow), 400)]
    [InlineData(nameof(ModelFailureKind.Timeout), 504)]
    [InlineData(nameof(ModelFailureKind.Server), 502)]
    public void FailureOfTheModel_HasTheStatusOfItsKind(string kind, int status) =>
        Assert.Equal(status, Of(new RunResult { Status = RunStatus.ModelError, FailureKind = Enum.Parse<ModelFailureKind>(kind), EndedAtMs = 1 }));

    [Theory]
    [InlineData(nameof(RunAbortReason.Timeout), 504)]
    [InlineData(nameof(RunAbortReason.Shutdown), 503)]
    [InlineData(nameof(RunAbortReason.Stop), 409)]
    public void RunThatWasCut_HasTheStatusOfItsReason(string reason, int status) =>
        Assert.Equal(status, Of(new RunResult { Status = RunStatus.Aborted, AbortReason = Enum.Parse<RunAbortReason>(reason), EndedAtMs = 1 }));

    private static int? Of(RunResult result) => RunFailures.Of(result, ClientToolSet.None)?.Status;
}
