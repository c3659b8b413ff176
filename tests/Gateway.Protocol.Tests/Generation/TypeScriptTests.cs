using OpenClaw.Gateway.Protocol.Tests.Node;

namespace OpenClaw.Gateway.Protocol.Tests.Generation;

public sealed class TypeScriptTests
{
    [NodeFact]
    public async Task GeneratedTypes_StrictCompiler_TakesRightUsesAndRefusesWrongOnes() =>
        Assert.Equal("", await NodeTools.RunAsync("node_modules/typescript/bin/tsc", "--project", "."));
}
