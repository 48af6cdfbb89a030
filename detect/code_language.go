package detect

// languages are what code is written in, as Why says it.
var languages = [...]string{"Go", "Python", "Java", "JavaScript", "TypeScript", "C", "C++", "C#", "PHP", "Ruby", "Rust", "Kotlin", "Swift", "Scala", "SQL", "shell", "PowerShell", "Terraform", "HTML", "CSS"}

const (
	langGo = iota
	langPython
	langJava
	langJavaScript
	langTypeScript
	langC
	langCPP
	langCSharp
	langPHP
	langRuby
	langRust
	langKotlin
	langSwift
	langScala
	langSQL
	langShell
	langPowerShell
	langTerraform
	langHTML
	langCSS
)

var languageWords = func() (w [len(languages)]Word) {
	for i, l := range languages {
		w[i] = say(l)
	}
	return w
}()

// languageMark is a piece of text that speaks for a language. Case matters.
type languageMark struct {
	text     string
	language int
	votes    int
}

var languageMarks = func() (byFirst [256][]languageMark) {
	add := func(language, votes int, marks ...string) {
		for _, m := range marks {
			byFirst[m[0]] = append(byFirst[m[0]], languageMark{m, language, votes})
		}
	}
	add(langGo, 3, "func (", "package main", ":= range ", "err != nil", "fmt.", "[]byte", "t.Errorf(", "t.Fatal", "t.Run(", "chan ", "defer ", "[]string{", "*testing.", "go func(", "map[string]", "interface{}")
	add(langGo, 1, ":= ", "func ", "struct {", "nil", "[]int")
	add(langPython, 3, "def __init__", "self.", "elif ", "import numpy", "import pandas", "if __name__", "None", "\"\"\"", "async def ", "@pytest", "@property", "-> None:", "-> str:", "except ", "lambda ")
	add(langPython, 2, ".startswith(", "def ", "True", "False", " not in ", " is not ", "print(", "raise ")
	add(langPython, 1, "import ", "from ", "re.compile(", " and ", " or ", "in range(", "r\"", "f\"", "assert ")
	add(langJava, 4, "public static void main", "System.out.", "import java", "@Override", "throws ", "public final ", "new ArrayList<")
	add(langJava, 2, "private final ", "public class ", "String ", "extends ", "implements ", "@Autowired", "List<", "static final ", "private String", "public void ", "boolean ")
	add(langJavaScript, 3, "console.log", "document.", "require('", "module.exports", "=== ", "!== ", "window.", "undefined", "JSON.stringify", "JSON.parse", "addEventListener")
	add(langJavaScript, 2, "const ", "let ", "=> {", "function ", "async function", "await ", "export default", "() =>", "var ", "typeof ", "from '", "} from ")
	add(langTypeScript, 5, ": string", ": number", ": boolean", "interface ", ": Promise<", "as const", "readonly ", "<T>(", ": any", "keyof ", "import type", "string[]", ": void {", "private readonly")
	add(langTypeScript, 1, "const ", "export ", "=> {", "=== ", "let ", "from '")
	add(langC, 3, "#include <std", "#include <string.h", "int main(", "malloc(", "printf(", "sizeof(", "typedef struct", "char *", "void *", "size_t ", "#define ", "NULL", "#ifdef ", "free(")
	add(langCPP, 5, "std::", "#include <iostream", "#include <vector", "using namespace", "template<", "template <", "cout <<", "nullptr", "const auto&", "virtual ", "public:", "private:", "constexpr ", "unique_ptr", "auto&")
	add(langCPP, 1, "#include", "->", "const ", "::")
	add(langCSharp, 4, "using System", "namespace ", "get; set;", "Console.Write", "public async Task", "IEnumerable<", "string.", "Task<", "public string ", "internal ", "foreach (var ", "[Http", "=> _", "readonly ", "public class ")
	add(langCSharp, 1, "var ", "string ", "public ", "new ")
	add(langPHP, 6, "<?php", "$this->", "echo $", "foreach ($", "function __construct", "use App\\", "->get(", "array(", "isset($")
	add(langPHP, 1, "$", "->", "function ")
	add(langRuby, 4, "puts ", "attr_accessor", "attr_reader", "do |", ".each ", "end\n", "elsif ", "unless ", "require '", ".nil?", "module ", "describe ", "nil\n")
	add(langRuby, 1, "@", "def ", "end")
	add(langRust, 4, "fn ", "let mut ", "impl ", "pub fn ", "&str", "&self", "&mut ", "-> Result<", "Option<", "println!", "assert_eq!", "#[", "use std::", "use crate::", "use super::", "::new(", "unwrap()", "Some(", "match ", "Vec<", "pub struct", "//!", "///", "String::", "Ok(", "Err(")
	add(langRust, 1, "let ", "->", "::", "mod ", "use ")
	add(langKotlin, 5, "fun ", "val ", "data class", "?: ", "println(", "companion object", "override fun", "suspend ", "listOf(", "mutableListOf", "?.let", "import kotlin", "lateinit ", "when (", "private val ")
	add(langSwift, 5, "import SwiftUI", "import Foundation", "import UIKit", "guard let ", "if let ", "-> String {", "var body: some View", "@State", "@Published", "extension ", "override func", "self?.", ": String {", "some View")
	add(langSwift, 1, "nil", "func ", "init(", "?? ", "let ")
	add(langScala, 5, "object ", "case class", "def ", "extends App", "import scala", "trait ", "val ", "Future[", "Option[", "List[", "Seq[", ": Unit", "implicit ", "case _ =>", "String]", ": Int", "match {")
	add(langSQL, 5, "SELECT ", "select ", "FROM ", "WHERE ", "INSERT INTO", "insert into", "CREATE TABLE", "create table", "ALTER TABLE", "GROUP BY", "group by", "ORDER BY", "order by", "LEFT JOIN", "INNER JOIN", "JOIN ", "left join", "PRIMARY KEY", "VARCHAR", "NOT NULL", "VALUES", "UPDATE ", "DELETE FROM")
	add(langShell, 4, "#!/bin/", "#!/usr/bin/env bash", "then\n", "fi\n", "done\n", "esac", "echo \"$", "set -e", "if [", "export ", "[[ ", "sudo ", "| grep ", "do\n", "\"$1\"", "| awk ", "apt-get ", "|| exit", "chmod ", "mkdir -p")
	add(langShell, 1, "$(", "${", "echo ")
	add(langPowerShell, 6, "Write-Host", "Get-", "Set-", "New-Object", "param(", "$_.", "-eq ", "-ne ", "ForEach-Object", "Where-Object", "[string]$", "$PSScriptRoot", "Import-Module", "-Path ", "[Parameter", "Write-Output", "| Select")
	add(langTerraform, 6, "resource \"", "variable \"", "provider \"", "output \"", "data \"", "terraform {", "locals {", "module \"", "var.", "required_providers", "default     =")
	add(langHTML, 5, "<div", "</div>", "<html", "<head", "<body", "<!DOCTYPE", "<!doctype", "<span", "</p>", "<ul", "<li>", "<input", "<script", "class=\"", "href=\"", "<table", "<td>", "<button", "<section", "<a href")
	add(langCSS, 6, "px;", "color:", "margin", "padding", "display:", "font-", "@media", "background", "border", "width:", "rem;", "flex", ":hover", "%;", "em;")
	return byFirst
}()

// maxLanguage is how much of a stretch of code is read to know its language.
const maxLanguage = 8 << 10

// language returns what the code between start and end is written in, or
// nothing when that isn't clear.
func (s *scanner) language(start, end int) Word {
	text := s.text[start:min(end, start+maxLanguage)]
	s.steps += len(text)
	var votes [len(languages)]int
	for i, c := range text {
		marks := languageMarks[c]
		if len(marks) == 0 || class[c]&isAlpha != 0 && i > 0 && class[text[i-1]]&isWord != 0 {
			continue
		}
		for k := range marks {
			if m := &marks[k]; hasPrefix(text, i, m.text) {
				votes[m.language] += m.votes
			}
		}
	}
	best, second := 0, 1
	for l, v := range votes {
		if v > votes[best] {
			best, second = l, best
		} else if l != best && v > votes[second] {
			second = l
		}
	}
	if votes[best] < 4 || second != best && votes[best]*9 < votes[second]*10 {
		return 0
	}
	return languageWords[best]
}
