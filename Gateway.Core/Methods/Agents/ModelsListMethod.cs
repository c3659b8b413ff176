using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>models.list</c>: the models that are known and those that are configured.</summary>
internal sealed class ModelsListMethod(ModelResolver models) : GatewayMethod<EmptyParams, ModelsListResult>(GatewayMethods.ModelsList)
{
    protected override ValueTask<MethodResult<ModelsListResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<ModelsListResult>>(new ModelsListResult { Models = models.List() });
}
