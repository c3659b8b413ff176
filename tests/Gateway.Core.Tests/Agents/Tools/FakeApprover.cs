using OpenClaw.Gateway.Core.Agents.Tools.Exec;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

/// <summary>A person who answers as the test says.</summary>
internal sealed class FakeApprover(Func<ExecApprovalRequest, ExecDecision> decide) : IExecApprover
{
    public List<ExecApprovalRequest> Requests { get; } = [];

    public Task<ExecDecision> RequestAsync(ExecApprovalRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(decide(request));
    }
}
