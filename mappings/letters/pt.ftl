### A carta em português (uso do Brasil), com você. Quem a revisou está em languages.csv.

## Labels

title = Resultado do seu exame da mama
dear = { $gender ->
    [female] Prezada { $name },
    [male] Prezado { $name },
   *[unknown] Olá, { $name },
  }
dear-unknown = Olá,
label-name = Nome:
label-number = Número do paciente:
label-exam = Data do exame:
label-side = Lado:
label-when = Quando:
label-who = Quem liga:
label-steps = O que acontece agora
label-talk = Fale também conosco sobre isto
label-more = Mais informações
label-page = Carta para { $name }
side-left = mama esquerda
side-right = mama direita
side-bilateral = as duas mamas
quadrant-upper-outer = parte de cima, lado de fora
quadrant-upper-inner = parte de cima, lado de dentro
quadrant-lower-outer = parte de baixo, lado de fora
quadrant-lower-inner = parte de baixo, lado de dentro
quadrant-upper = parte de cima
quadrant-lower = parte de baixo
quadrant-inner = lado de dentro
quadrant-outer = lado de fora
quadrant-subareolar = atrás do mamilo
quadrant-clock = { $clock ->
    [one] na posição de { $clock } hora
   *[other] na posição de { $clock } horas
  }, vista de frente por quem examina
step-with-side = { $first }: { $second }
line = { $first }: { $second }
place-with-side = { $first }, { $second }

## Notices for the people who check the letter

notice-draft = RASCUNHO - não liberado, não entregar à pessoa
notice-held = RETIDA - um médico deve verificar antes, não entregar à pessoa
notice-refused = RECUSADA - esta carta ainda não pode ser feita, não entregar à pessoa
notice-missing = Falta: { $first }
notice-example = Os dados de contato são exemplos. Coloque antes os do seu centro.
notice-deadline = Esta carta deve chegar à pessoa até { $date }.
notice-for = Para a equipe de saúde: { $first }
review-needed = verificada por programa, falta a revisão de uma pessoa
review-done = revisada por { $first } em { $date }
interpreter-needed = Esta carta está em português. Você pode pedir um intérprete.

## When and who

when-by = Até { $due }
when-around = Por volta de { $due }
when-soon = O quanto antes
when-then = depois, por volta de { $dates }
when-series = { $first }; { $second }
when-confirm = A sua equipe de saúde vai confirmar a data.
who-schedule = { $reach ->
    [phone] Vamos ligar para marcar um horário. Ainda não ligamos? Ligue para nós: { $phone }.
   *[team] A sua equipe de saúde vai ligar para marcar um horário. Ainda não ligou? Ligue para a equipe.
  }
who-routine = { $reach ->
    [phone] Vamos dizer como marcar um horário. Tem perguntas? Ligue para nós: { $phone }.
   *[team] A sua equipe de saúde vai dizer como marcar um horário.
  }
who-patient = { $reach ->
    [phone] Por favor, ligue para nós para marcar um horário: { $phone }.
   *[team] Por favor, ligue para a sua equipe de saúde para marcar um horário.
  }
who-team = { $reach ->
    [phone] Nós fazemos isso e avisamos você. Tem perguntas? Ligue para nós: { $phone }.
   *[team] A sua equipe de saúde faz isso e avisa você.
  }
who-doctor = { $reach ->
    [phone] O seu médico vai ligar para você. Ainda não ligou? Ligue para nós: { $phone }.
   *[team] O seu médico vai ligar para você. Ainda não ligou? Ligue para a sua equipe de saúde.
  }
choose-between = A sua equipe de saúde vai escolher com você entre: { $first }.

## Pictures

picture-place = Onde está o ponto
picture-place-caption = Mais ou menos aqui, como você se vê no espelho: { $first }.
picture-left = Sua esquerda
picture-right = Sua direita
picture-times = O que acontece e quando
picture-times-exam = Seu exame
picture-number = 100 pontos são 100 pessoas. { $low } estão cheios: são pessoas que têm câncer. As outras { $restLow } não têm.

## The main message

msg-0 = Precisamos de mais imagens para terminar o seu exame.
msg-0-PR = Precisamos das suas imagens anteriores para terminar o seu exame.
msg-1 = Não vimos nenhum sinal de câncer no seu exame.
msg-2 = Não vimos nenhum sinal de câncer no seu exame.
msg-3 = Muito provavelmente não é câncer. Vamos verificar de novo.
msg-M3 = Vimos algo que precisa de mais exames.
msg-4 = Você precisa de uma biópsia para sabermos o que vimos.
msg-4C = Você precisa de uma biópsia em breve para sabermos o que vimos.
msg-5 = Você precisa de uma biópsia em breve. O que vimos pode ser câncer.
msg-6 = O seu exame mostra o câncer que a sua equipe de saúde já conhece.
msg-P = Estamos esperando o resultado do seu exame de tecido.
msg-benign = O seu exame de tecido não encontrou câncer.
msg-high-risk = O seu exame de tecido encontrou células que precisam ser vistas melhor.
msg-dcis = O seu exame de tecido encontrou CDIS, uma forma muito inicial de câncer de mama.
msg-invasive = O seu exame de tecido encontrou câncer de mama.
msg-malignant = O seu exame de tecido encontrou células de câncer.
msg-repeat = O seu exame de tecido não deu uma resposta clara.
msg-step = O seu resultado pede mais um passo.
msg-held = A sua equipe de saúde ainda está verificando o seu resultado.

## What we saw

saw-spots = O que vimos
    .p1 = Vimos pontos muito pequenos de cálcio { $side ->
        [left] na sua mama esquerda
        [right] na sua mama direita
        [bilateral] nas suas duas mamas
       *[unknown] nas suas imagens
      }. Os médicos chamam isso de calcificações.
saw-nothing = O que vimos
    .p1 = As suas imagens parecem normais para nós.
saw-area = O que vimos
    .p1 = Uma parte das suas imagens precisa ser vista melhor.
saw-held = Como está o seu caso
    .p1 = Temos as suas imagens e o seu laudo. Os seus médicos querem olhar mais uma vez.
saw-tissue = O que foi analisado
    .p1 = Um laboratório analisou tecido da sua mama.

## What it means

means-0 = O que isto significa
    .p1 = O seu exame não terminou. Ainda não podemos dizer o que vimos.
    .p2 = É comum chamar uma pessoa de volta. Não significa que você tem câncer. Significa que você precisa deste exame.
means-0-PR = O que isto significa
    .p1 = O seu exame não terminou. Queremos ver o que mudou desde as suas últimas imagens.
    .p2 = Se não chegarem a tempo, vamos ler o seu exame sem elas e escrever para você.
means-1 = O que isto significa
    .p1 = Você não precisa de mais exames agora. Continue com as suas mamografias de rotina.
means-2 = O que isto significa
    .p1 = O que vimos é benigno. Quer dizer que não é câncer. Você não precisa de mais exames agora.
    .p2 = Continue com as suas mamografias de rotina.
means-3 = O que isto significa
    .p1 = Queremos ter certeza de que continua igual. Por isso vamos fazer novas imagens.
    .p2 = Se mudar, pode ser preciso fazer uma biópsia, um pequeno exame de tecido. Por favor, venha na sua data.
means-M3 = O que isto significa
    .p1 = Estas imagens não mostram o que é. Você precisa de mais exames. Pode ser uma biópsia, um pequeno exame de tecido.
means-4 = O que isto significa
    .p1 = As imagens sozinhas não mostram o que é. Pode ser câncer ou pode não ser.
    .p2 = Uma biópsia é um pequeno exame de tecido. Quase sempre dá a resposta. Depois a sua equipe confere se ela combina com as suas imagens.
means-4C = O que isto significa
    .p1 = O que vimos nos preocupa. Pode ser câncer. As imagens sozinhas não dão certeza.
    .p2 = Uma biópsia é um pequeno exame de tecido. Quase sempre dá a resposta. Por favor, não deixe para depois.
means-5 = O que isto significa
    .p1 = Nas suas imagens, parece câncer. As imagens sozinhas não dão certeza.
    .p2 = Uma biópsia é um pequeno exame de tecido. Quase sempre dá a resposta. Por favor, não deixe para depois. Estaremos com você em cada passo.
means-6 = O que isto significa
    .p1 = Uma biópsia já mostrou este câncer. A sua equipe de saúde vai planejar o seu tratamento com você, ou continuar com ele.
means-P = O que isto significa
    .p1 = Um laboratório está analisando o seu tecido. O resultado do laboratório decide o próximo passo.
means-benign = O que isto significa
    .p1 = O tecido é benigno. Quer dizer que não é câncer.
    .p2 = O seu próximo controle continua importante.
means-benign-fits =
    .p1 = A sua equipe de saúde conferiu que isto combina com as suas imagens.
means-high-risk = O que isto significa
    .p1 = Estas células não são câncer. Elas podem aumentar a chance de câncer mais tarde, ou estar perto dele.
    .p2 = Por isso um especialista deve falar com você sobre os próximos passos.
means-dcis = O que isto significa
    .p1 = As células estão dentro dos canais do leite. O exame não viu células fora dos canais.
    .p2 = O CDIS pode vir junto com um câncer que cresce mais, ou levar a ele mais tarde. Por isso é tratado.
means-invasive = O que isto significa
    .p1 = É uma notícia difícil. Estamos com você. A sua equipe de saúde vai ver você em breve para planejar o seu cuidado.
    .p2 = Há tratamentos para o câncer de mama. Qual serve para você depende dos seus resultados.
means-repeat = O que isto significa
    .p1 = A amostra não mostrou o bastante. Por isso ainda não podemos dizer o que é. Você precisa de mais um passo.
means-step = O que isto significa
    .p1 = A sua equipe de saúde viu o seu resultado e aconselha o passo abaixo. Ela pode dizer por quê.
means-held = O que isto significa
    .p1 = Isto ainda não é um resultado. Os seus médicos querem ter certeza antes de dizer o que fazer.

## What happens next

next-held = O que acontece agora
    .p1 = Os seus médicos vão verificar o seu resultado. Depois, a sua equipe de saúde vai ligar ou escrever para você.
    .p2 = { $reach ->
        [phone] Você não precisa esperar por nós. Se tiver perguntas, ligue para nós: { $phone }.
       *[team] Você não precisa esperar. Se tiver perguntas, ligue para a sua equipe de saúde.
      }
next-choice = A escolha é sua
    .p1 = Você pode dizer não a qualquer exame. Por favor, fale antes conosco. Vamos dizer o que a espera pode significar.

step-routine-screening = A sua próxima mamografia de rotina
    .p1 = Mamografias regulares ajudam a achar mudanças cedo.
step-short-interval-mammogram = Mamografia de controle
    .p1 = Vemos se os pontos mudaram. Venha mesmo que se sinta bem.
step-magnification-views = Imagens de raios X ampliadas
    .p1 = Elas mostram os pontos melhor do que as primeiras imagens.
step-additional-views = Mais imagens de raios X
    .p1 = Precisamos ver a sua mama de outros lados.
step-diagnostic-mammogram = Mamografia mais detalhada
    .p1 = Fazemos mais imagens da parte que queremos ver melhor.
step-ultrasound = Ultrassom
    .p1 = Ondas de som mostram a sua mama por dentro.
step-breast-mri = Ressonância magnética da mama
    .p1 = Um ímã forte faz imagens muito detalhadas das suas mamas.
step-obtain-priors = As suas imagens anteriores da mama
    .p1 = Vamos comparar com as novas. Por favor, diga onde foram feitas.
step-stereotactic-biopsy = Biópsia com agulha guiada por raios X
    .p1 = Um médico tira amostras muito pequenas dos pontos. Um laboratório analisa as amostras.
step-ultrasound-guided-biopsy = Biópsia com agulha guiada por ultrassom
    .p1 = Um médico tira amostras muito pequenas. Um laboratório analisa as amostras.
step-mri-guided-biopsy = Biópsia com agulha guiada por ressonância
    .p1 = Um médico tira amostras muito pequenas. Um laboratório analisa as amostras.
step-biopsy = Biópsia
    .p1 = Um médico tira uma pequena amostra de tecido. Um laboratório analisa a amostra.
step-surgical-biopsy = Biópsia com cirurgia
    .p1 = Um cirurgião tira um pequeno pedaço de tecido. Um laboratório analisa o tecido.
step-fine-needle-aspiration = Exame com agulha fina
    .p1 = Um médico tira algumas células com uma agulha fina. Um laboratório analisa as células.
step-clinician-call = Ligação do seu médico
    .p1 = O seu médico vai explicar o resultado e responder às suas perguntas.
step-surgical-consult = Consulta com cirurgia da mama
    .p1 = Vão falar com você sobre o que fazer agora.
step-oncology-referral = Consulta com a equipe que trata o câncer
    .p1 = A equipe vai planejar o seu tratamento com você.
step-specialist-referral = Consulta com um especialista em mama
    .p1 = Ele vai falar com você sobre o que fazer agora.
step-obtain-pathology = Buscar o resultado do seu exame de tecido
    .p1 = Ele decide o próximo passo. Por favor, não espere o controle anual antes que a sua equipe o tenha visto.
step-repeat-biopsy = Outra biópsia
    .p1 = Precisamos de mais uma amostra para ter certeza.
step-discordance-review = A sua equipe de saúde compara os seus resultados
    .p1 = Ela vê se o resultado do laboratório combina com as suas imagens.
step-residual-review = Olhar de perto os pontos que ainda estão lá
    .p1 = Ainda se veem alguns pontos. A sua equipe de saúde vai decidir o que fazer.
step-post-operative-baseline = Primeira mamografia depois da cirurgia
    .p1 = Ela mostra como a sua mama está agora. As próximas imagens são comparadas com ela.
step-surveillance-mammogram = Mamografia de acompanhamento
    .p1 = Ela ajuda a achar mudanças cedo.
step-clinical-examination = Exame das mamas pelo seu médico
    .p1 = O seu médico examina as suas mamas com as mãos. Algumas mudanças não aparecem nas imagens.
step-clinical-follow-up = Consulta com o seu médico
    .p1 = O seu médico vai perguntar como você está e examinar as suas mamas.
step-supplemental-mri-discussion = Uma ressonância, além da mamografia, pode me ajudar?
    .p1 = Ela pode ajudar algumas pessoas com mais risco.
step-density-discussion = O que significa para mim ter mamas densas?
    .p1 = O tecido denso é comum. Ele pode esconder coisas na mamografia.
step-genetic-counselling = Devo falar com um especialista em risco familiar?
    .p1 = Algumas mudanças nos genes são de família e mudam o plano.
step-support-referral = Quem pode me ajudar com as minhas preocupações?
    .p1 = Podemos ajudar você a achar alguém para conversar.
step-other = Mais um passo no seu cuidado
    .p1 = A sua equipe de saúde vai explicar.

## At the visit

visit-mammogram = Como é a mamografia
    .p1 = Uma pessoa técnica coloca a sua mama em uma placa e aperta por alguns segundos. Pode incomodar.
    .p2 = Conte com cerca de 30 minutos. Um médico lê as imagens. Pergunte quando vai ter o resultado.
visit-ultrasound = Como é o ultrassom
    .p1 = Você se deita. Colocam gel morno na pele e passam um pequeno aparelho. Não dói.
visit-mri = Como é a ressonância
    .p1 = Você se deita de barriga para baixo em uma máquina com barulho. Podem pôr um líquido na veia. Conte com uma hora.
    .p2 = Diga antes se tem metal no corpo ou medo de lugares fechados.
visit-stereotactic = Como é a biópsia
    .p1 = A sua mama fica presa como na mamografia. Uma injeção adormece a pele. Depois o médico faz um corte muito pequeno.
    .p2 = Uma agulha tira amostras pequenas e fazemos raios X delas. Uma marca muito pequena fica na mama para mostrar o lugar.
    .p3 = Conte com uma hora. Diga se toma anticoagulante, remédio para afinar o sangue. O laboratório precisa de alguns dias.
visit-needle = Como é a biópsia
    .p1 = Uma injeção adormece a pele. Achamos o lugar com imagens. Uma agulha tira amostras pequenas.
    .p2 = Conte com uma hora. Diga se toma anticoagulante, remédio para afinar o sangue. O laboratório precisa de alguns dias.
visit-surgical = Como é a cirurgia
    .p1 = Você recebe remédio para não sentir dor. O cirurgião tira o tecido. Quase sempre você volta para casa no mesmo dia.
    .p2 = Diga se toma anticoagulante, remédio para afinar o sangue. O laboratório precisa de alguns dias.
visit-talk = Como é a consulta
    .p1 = Traga as suas perguntas e uma pessoa de confiança. Você pode anotar. Peça uma pausa se precisar.

## Good to know

what-balanced = O que são calcificações?
    .p1 = São pontos muito pequenos de cálcio na mama. São comuns, e mais com a idade. Não dá para sentir com a mão e não doem.
    .p2 = A maioria não faz mal. Algumas podem ser um sinal inicial de câncer. Por isso olhamos cada uma com cuidado.
what-open = O que são calcificações?
    .p1 = São pontos muito pequenos de cálcio na mama. São comuns, e mais com a idade. Não dá para sentir com a mão e não doem.
    .p2 = Algumas não fazem mal. Outras podem ser um sinal inicial de câncer. Um exame de tecido mostra qual é o caso.
what-plain = O que são calcificações?
    .p1 = São pontos muito pequenos de cálcio na mama. Não dá para sentir com a mão e não doem.
get-rid = É preciso tirar os pontos?
    .p1 = Não é preciso tirar os pontos. O que importa é por que eles estão lá.
can-it-spread = Os pontos podem se espalhar?
    .p1 = Não. Eles são minerais, como grãos de areia. Não andam pelo corpo e não viram câncer.
    .p2 = Mas podem ser um sinal de câncer ou de CDIS, uma forma muito inicial. Por isso o resultado do tecido importa.
cause-diffuse = Pontos nas duas mamas
    .p1 = Os seus pontos estão espalhados pelas duas mamas. Isso é comum.
cause-vascular = Pontos nos vasos de sangue
    .p1 = Alguns dos seus pontos estão na parede dos vasos de sangue. Isso é comum com a idade.
cause-vascular-heart = Pontos nos vasos de sangue e o seu coração
    .p1 = Estes pontos podem vir junto com doença do coração. Pergunte ao seu médico se deve verificar o coração.
cause-skin = Pontos na pele
    .p1 = Alguns dos seus pontos estão na pele, não dentro da mama.
cause-coarse = Pontos grandes
    .p1 = Alguns dos seus pontos são grandes. Eles podem se formar em um caroço antigo que não é câncer.
cause-rod = Pontos em forma de bastão
    .p1 = Alguns dos seus pontos estão em canais do leite mais largos. Isso é comum depois dos 60 anos.
cause-rim = Pontos em forma de anel
    .p1 = Alguns dos seus pontos são redondos e claros no meio. Eles podem se formar em volta de um cisto ou depois de uma pancada.
cause-dystrophic = Pontos em uma cicatriz
    .p1 = Alguns dos seus pontos estão em uma cicatriz. Eles podem se formar depois de cirurgia, radiação ou pancada.
cause-milk = Pontos em cistos pequenos
    .p1 = Alguns dos seus pontos são cálcio que flutua em cistos pequenos.
cause-suture = Pontos em volta de fios
    .p1 = Alguns dos seus pontos estão em volta de fios de uma cirurgia antiga.
density-dense = Mama densa
    .p1 = O tecido das suas mamas é denso. Isso é comum. Ele pode esconder coisas na mamografia.
lifestyle = Cuidar de você
    .p1 = Ajuda mexer-se bastante, ter um peso saudável, beber pouco álcool e não fumar. É bom para o corpo todo.

self-awareness = Mudanças para avisar
    .p1 = Nenhum exame acha tudo. Por isso, ligue logo se notar algo assim, mesmo depois de um bom resultado:
    .i1 = um caroço na mama ou na axila
    .i2 = pele vermelha, grossa ou com furinhos
    .i3 = um mamilo que muda ou solta líquido
    .i4 = uma mama que muda de tamanho ou de forma
    .i5 = uma dor que não passa

spots-no-signs =
    .p1 = Os pontos de cálcio não causam essas mudanças. Por favor, não pense que elas vêm dos pontos.

copies = O seu laudo e as suas imagens
    .p1 = Você pode pedir cópias do seu laudo e das suas imagens. Pode mostrar a qualquer médico.
gp-copy = O seu médico de família
    .p1 = Enviamos uma cópia desta carta ao seu médico de família.
second-opinion = Uma segunda opinião
    .p1 = Você pode pedir a outro médico que olhe o seu resultado. Muita gente faz isso.
    .p2 = Leve as suas imagens e o seu laudo. Se fez biópsia, peça também as lâminas do laboratório.
    .p3 = Por favor, não atrase o exame que aconselhamos enquanto espera.
moving-abroad =
    .p1 = Se você se mudar, até para outro país, ou trocar de médico, leve tudo com você, e também os resultados do laboratório.

support = Apoio para você
    .p1 = Esperar pode ser difícil. É normal se preocupar. Fale com alguém de confiança.
    .p2 = { $reach ->
        [phone] Estamos aqui para as suas perguntas. Ligue para nós: { $phone }.
       *[team] A sua equipe de saúde está aqui para as suas perguntas.
      }
support-nurse = A sua enfermeira especializada
    .p1 = Você pode ligar para: { $nurse }.
support-contact = Alguém para conversar
    .p1 = Você pode falar sobre o que sente com: { $contact }.
support-crisis = Se você sente que não aguenta mais
    .p1 = Ligue agora para este número: { $crisis }.

questions-routine = Perguntas que você pode fazer
    .i1 = O que vocês viram nas minhas imagens?
    .i2 = Quando é a minha próxima mamografia?
    .i3 = A história da minha família muda o plano?
    .i4 = O tecido da minha mama é denso? O que isso significa para mim?
    .i5 = Por quais mudanças devo ligar?
    .i6 = Como consigo cópias das minhas imagens?
questions-recall = Perguntas que você pode fazer
    .i1 = O que vocês viram nas minhas imagens?
    .i2 = Por que este passo e não outro?
    .i3 = Quando deve ser feito? E se eu esperar?
    .i4 = O que vai acontecer na consulta?
    .i5 = Quem me dá o resultado, e quando?
    .i6 = A história da minha família muda o plano?
    .i7 = Como consigo cópias das minhas imagens?
questions-check = Perguntas que você pode fazer
    .i1 = O que vocês viram nas minhas imagens?
    .i2 = Por que olhar de novo e não fazer uma biópsia agora?
    .i3 = Quando são os meus próximos controles?
    .i4 = E se os pontos mudarem? E se eu esperar?
    .i5 = Quem me dá o resultado, e quando?
    .i6 = A história da minha família muda o plano?
    .i7 = Como consigo cópias das minhas imagens?
questions-biopsy = Perguntas que você pode fazer
    .i1 = O que vocês viram nas minhas imagens?
    .i2 = Por que este tipo de biópsia e não outro?
    .i3 = Quando deve ser feita? E se eu esperar?
    .i4 = Como me preparo? Posso tomar os meus remédios?
    .i5 = Quem me liga com o resultado, e quando?
    .i6 = E se o resultado não for claro?
    .i7 = A história da minha família muda o plano?
questions-tissue = Perguntas que você pode fazer
    .i1 = O que o laboratório encontrou?
    .i2 = O resultado combina com as minhas imagens?
    .i3 = Ainda há pontos na minha mama?
    .i4 = Qual é o próximo passo, e quando? E se eu esperar?
    .i5 = A história da minha família muda o plano?
    .i6 = Para quem ligo se tiver perguntas?
    .i7 = Posso ter as minhas imagens e o laudo do laboratório?
questions-treatment = Perguntas que você pode fazer
    .i1 = O que exatamente os exames encontraram?
    .i2 = Quais são as minhas opções? O que aconselham, e por quê?
    .i3 = O que acontece se eu esperar?
    .i4 = O que cada opção muda no meu dia a dia?
    .i5 = Quem dirige o meu cuidado? Para quem ligo?
    .i6 = A minha família deve fazer exames?
    .i7 = Posso ter as minhas imagens e o laudo do laboratório?
questions-held = Perguntas que você pode fazer
    .i1 = O que está sendo verificado?
    .i2 = Quando vou ter notícias?
    .i3 = Quem vai me ligar?
    .i4 = O que posso fazer enquanto espero?
    .i5 = Para quem ligo se tiver perguntas?
    .i6 = Como consigo uma cópia do meu laudo?

clinician = Quem é responsável
    .p1 = { $clinician } é responsável por ler o seu exame.
language-help = Ajuda com esta carta
    .p1 = Precisa desta carta em outra língua, em letra grande ou lida em voz alta? { $reach ->
        [phone] Ligue para nós: { $phone }.
       *[team] Pergunte à sua equipe de saúde.
      }
interpreter-line = Intérprete
    .p1 = Para ter um intérprete, ligue para { $interpreter }.

## Numbers, always out of 100 and with both sides

number-0 = De 100 pessoas chamadas de volta, cerca de { $low } { $low ->
    [one] tem
   *[other] têm
  } câncer. Cerca de { $restLow } não têm.
number-0-words = A maioria das pessoas chamadas de volta não tem câncer. Algumas têm.
number-3 = De 100 pessoas com um resultado como este, cerca de { $restLow } não têm câncer. Cerca de { $low } têm.
number-range = De 100 pessoas com um resultado como este, entre { $low } e { $high } têm câncer. Entre { $restHigh } e { $restLow } não têm.
number-4 = Muitas biópsias não mostram câncer. Algumas mostram.
