using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>A generated file.</summary>
/// <param name="FileName">Name without a directory.</param>
/// <param name="Utf8">Content.</param>
public sealed record ProtocolArtifact(string FileName, ReadOnlyMemory<byte> Utf8);

/// <summary>The files that are generated from the contract and checked in under <see cref="Directory"/>.</summary>
/// <param name="docs">Where comments and descriptions come from.</param>
public sealed class ProtocolArtifacts(ContractDocs docs)
{
    /// <summary>Where the files belong, from the root of the repository.</summary>
    public const string Directory = "Gateway.Protocol/Generated";

    /// <summary>What to run, in the root of the repository, to write them anew.</summary>
    public const string Command = "dotnet run --project Cli -- protocol gen";

    /// <summary>JSON Schema, TypeScript and Swift: the same bytes every time for the same contract.</summary>
    public IReadOnlyList<ProtocolArtifact> Generate()
    {
        var model = new ContractModel(docs);
        return
        [
            new("protocol.schema.json", new JsonSchemaWriter(docs).Write()),
            new("protocol.ts", new TypeScriptWriter(model).Write()),
            new("OpenClawProtocol.swift", new SwiftWriter(model).Write()),
        ];
    }
}
