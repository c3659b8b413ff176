using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>A method whose result has no type of the contract: it is built as JSON.</summary>
internal abstract class JsonMethod<TParams>(MethodContract<TParams, JsonElement> contract) : GatewayMethod<TParams>(contract)
{
    /// <summary>Does the method's work.</summary>
    protected abstract ValueTask<MethodResult<JsonObject>> RunAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken);

    protected sealed override async ValueTask<MethodReply> HandleAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var result = await RunAsync(parameters, context, cancellationToken).ConfigureAwait(false);
        return new MethodReply(result.HasValue ? JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(result.Value!.ToJsonString()), TypeInfo<JsonElement>()) : default, result.Error);
    }
}

/// <summary>A method of the protocol that this gateway refuses, with the error that clients know for it.</summary>
/// <param name="contract">The method.</param>
/// <param name="refusal">Why, for these params.</param>
internal sealed class RefusedMethod<TParams>(MethodContract<TParams, JsonElement> contract, Func<TParams, ErrorShape> refusal) : GatewayMethod<TParams>(contract)
{
    protected override ValueTask<MethodReply> HandleAsync(TParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(MethodReply.Failed(refusal(parameters)));
}
