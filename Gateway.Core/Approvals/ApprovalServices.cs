using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>Adds approvals of commands: the questions, the file and the methods.</summary>
internal static class ApprovalServices
{
    public static IServiceCollection AddExecApprovals(this IServiceCollection services)
    {
        services.AddSingleton<PendingApprovals>();
        services.AddSingleton<ApprovedNodeRuns>();
        services.AddSingleton<SharedApprovals>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedApprovals>());
        services.AddSingleton<IExecApprover, OperatorExecApprover>();
        services.AddSingleton<GatewayMethod, ExecApprovalRequestMethod>();
        services.AddSingleton<GatewayMethod, ExecApprovalResolveMethod>();
        services.AddSingleton<GatewayMethod, ExecApprovalsGetMethod>();
        services.AddSingleton<GatewayMethod, ExecApprovalsSetMethod>();
        services.AddSingleton<GatewayMethod, ExecApprovalsNodeGetMethod>();
        services.AddSingleton<GatewayMethod, ExecApprovalsNodeSetMethod>();
        return services;
    }
}
