using System.Xml;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Generation;

public sealed class ContractDocsTests
{
    private const string Xml = """
        <doc><members>
          <member name="T:A.B.Sample"><summary>One
              line of <c>code</c>, a <see cref="T:A.B.Other"/>, <see cref="P:A.B.Sample.TheName"/>, <see cref="F:A.C.Limits.MaxSize"/> and <see langword="null"/>.</summary></member>
          <member name="P:A.B.Sample.TheName"><summary>The name.</summary><remarks>Not this.</remarks></member>
          <member name="F:A.B.Sample.MaxSize"><summary>The size.</summary></member>
          <member name="M:A.B.Sample.Do(System.String)"><summary>No member of the contract.</summary></member>
          <member name="T:A.B.Silent"></member>
        </members></doc>
        """;

    [Fact]
    public void Parse_Comment_BecomesOneLineOfText() =>
        Assert.Equal("One line of `code`, a `Other`, `theName`, `Limits.maxSize` and `null`.", ContractDocs.Parse(Xml).OfType("Sample"));

    [Fact]
    public void OfMember_PropertyOrConstant_IsFoundInCamelCase()
    {
        var docs = ContractDocs.Parse(Xml);

        Assert.Equal("The name.", docs.OfMember("Sample", "theName"));
        Assert.Equal("The size.", docs.OfMember("Sample", "maxSize"));
        Assert.Null(docs.OfMember("Sample", "do"));
        Assert.Null(docs.OfType("Silent"));
    }

    [Fact]
    public void LoadFrom_FolderWithoutTheFile_IsNone()
    {
        using var folder = new TempDirectory();

        Assert.True(ContractDocs.LoadFrom(folder.Path).IsEmpty);
    }

    [Fact]
    public void LoadFrom_DamagedFile_Throws()
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder[ContractDocs.FileName], "<doc>");

        Assert.Throws<XmlException>(() => ContractDocs.LoadFrom(folder.Path));
    }
}
