### La lettre en français, vouvoiement. Qui l'a relue : voir languages.csv.

## Labels

title = Le résultat de votre examen du sein
dear = Bonjour { $name },
dear-unknown = Bonjour,
label-name = Nom :
label-number = Numéro de patient :
label-exam = Date de l'examen :
label-side = Côté :
label-when = Quand :
label-who = Qui appelle :
label-steps = Les prochaines étapes
label-talk = Parlez aussi avec nous de ces points
label-more = Bon à savoir
label-page = Lettre pour { $name }
side-left = sein gauche
side-right = sein droit
side-bilateral = les deux seins
quadrant-upper-outer = en haut, côté extérieur
quadrant-upper-inner = en haut, côté intérieur
quadrant-lower-outer = en bas, côté extérieur
quadrant-lower-inner = en bas, côté intérieur
quadrant-upper = en haut
quadrant-lower = en bas
quadrant-inner = côté intérieur
quadrant-outer = côté extérieur
quadrant-subareolar = derrière le mamelon
quadrant-clock = { $clock ->
    [one] à { $clock } heure
   *[other] à { $clock } heures
  }, vu de face par votre médecin
step-with-side = { $first } : { $second }
line = { $first } : { $second }
place-with-side = { $first }, { $second }

## Notices for the people who check the letter

notice-draft = BROUILLON - non validé, ne pas remettre à la personne
notice-held = EN ATTENTE - un médecin doit d'abord vérifier, ne pas remettre à la personne
notice-refused = REFUSÉ - cette lettre ne peut pas encore être faite, ne pas remettre à la personne
notice-missing = Il manque : { $first }
notice-example = Les coordonnées sont des exemples. Mettez d'abord celles de votre centre.
notice-deadline = Cette lettre doit arriver au plus tard le { $date }.
notice-for = Pour l'équipe de soins : { $first }
review-needed = vérifiée par programme, relecture humaine à faire
review-done = relue par { $first } le { $date }
interpreter-needed = Cette lettre est en français. Vous pouvez demander un interprète.

## When and who

when-by = Au plus tard le { $due }
when-around = Vers le { $due }
when-soon = Dès que possible
when-then = puis vers le { $dates }
when-series = { $first }, { $second }
when-confirm = Votre équipe de soins vous confirmera la date.
who-schedule = { $reach ->
    [phone] Nous vous appelons pour prendre rendez-vous. Pas encore d'appel ? Appelez-nous au { $phone }.
   *[team] Votre équipe de soins vous appelle pour prendre rendez-vous. Pas encore d'appel ? Appelez-la.
  }
who-routine = { $reach ->
    [phone] Nous vous dirons comment prendre rendez-vous. Des questions ? Appelez-nous au { $phone }.
   *[team] Votre équipe de soins vous dira comment prendre rendez-vous.
  }
who-patient = { $reach ->
    [phone] Merci de nous appeler au { $phone } pour prendre rendez-vous.
   *[team] Merci d'appeler votre équipe de soins pour prendre rendez-vous.
  }
who-team = { $reach ->
    [phone] Nous le faisons et nous vous tenons au courant. Des questions ? Appelez-nous au { $phone }.
   *[team] Votre équipe de soins le fait et vous tient au courant.
  }
who-doctor = { $reach ->
    [phone] Votre médecin vous appelle. Pas encore d'appel ? Appelez-nous au { $phone }.
   *[team] Votre médecin vous appelle. Pas encore d'appel ? Appelez votre équipe de soins.
  }
choose-between = Votre équipe de soins choisira avec vous : { $first }.

## Pictures

picture-place = Où se trouve le point
picture-place-caption = À peu près ici, comme vous vous voyez dans un miroir : { $first }.
picture-left = Votre gauche
picture-right = Votre droite
picture-times = Ce qui est prévu, et quand
picture-times-exam = Votre examen
picture-number = 100 points sont 100 personnes. { $low } sont pleins : ces personnes ont un cancer. Les { $restLow } autres n'en ont pas.

## The main message

msg-0 = Il nous faut d'autres images pour finir votre examen.
msg-0-PR = Il nous faut vos anciennes images pour finir votre examen.
msg-1 = Nous n'avons vu aucun signe de cancer à votre examen.
msg-2 = Nous n'avons vu aucun signe de cancer à votre examen.
msg-3 = Ce n'est très probablement pas un cancer. Nous allons contrôler à nouveau.
msg-M3 = Nous avons vu quelque chose qui demande d'autres examens.
msg-4 = Vous avez besoin d'une biopsie pour savoir ce que nous avons vu.
msg-4C = Vous avez besoin d'une biopsie rapidement pour savoir ce que nous avons vu.
msg-5 = Vous avez besoin d'une biopsie rapidement. Ce que nous avons vu pourrait être un cancer.
msg-6 = Votre examen montre le cancer que votre équipe de soins connaît.
msg-P = Nous attendons le résultat de votre prélèvement.
msg-benign = Votre prélèvement n'a pas montré de cancer.
msg-high-risk = Votre prélèvement a montré des cellules à regarder de plus près.
msg-dcis = Votre prélèvement a montré un CCIS, une forme très précoce de cancer du sein.
msg-invasive = Votre prélèvement a montré un cancer du sein.
msg-malignant = Votre prélèvement a montré des cellules de cancer.
msg-repeat = Votre prélèvement n'a pas donné de réponse claire.
msg-step = Votre résultat demande une étape de plus.
msg-held = Votre équipe de soins vérifie encore votre résultat.

## What we saw

saw-spots = Ce que nous avons vu
    .p1 = Nous avons vu de tout petits points de calcium { $side ->
        [left] dans votre sein gauche
        [right] dans votre sein droit
        [bilateral] dans vos deux seins
       *[unknown] sur vos images
      }. Les médecins les appellent des calcifications.
saw-nothing = Ce que nous avons vu
    .p1 = Vos images nous semblent normales.
saw-area = Ce que nous avons vu
    .p1 = Il y a une zone sur vos images à regarder de plus près.
saw-held = Où en est votre dossier
    .p1 = Nous avons vos images et votre compte rendu. Vos médecins veulent les regarder encore une fois.
saw-tissue = Ce qui a été analysé
    .p1 = Un laboratoire a analysé un petit morceau de tissu de votre sein.

## What it means

means-0 = Ce que cela veut dire
    .p1 = Votre examen n'est pas fini. Nous ne pouvons pas encore dire ce que nous avons vu.
    .p2 = On rappelle souvent des personnes. Cela ne veut pas dire que vous avez un cancer. Mais vous avez besoin de cet examen.
means-0-PR = Ce que cela veut dire
    .p1 = Votre examen n'est pas fini. Nous voulons voir ce qui a changé depuis vos dernières images.
    .p2 = Si nous ne les avons pas à temps, nous lirons votre examen sans elles et nous vous écrirons.
means-1 = Ce que cela veut dire
    .p1 = Vous n'avez pas besoin d'autre examen pour l'instant. Continuez vos mammographies de routine.
means-2 = Ce que cela veut dire
    .p1 = Ce que nous avons vu est bénin. Cela veut dire que ce n'est pas un cancer. Pas d'autre examen pour l'instant.
    .p2 = Continuez vos mammographies de routine.
means-3 = Ce que cela veut dire
    .p1 = Nous voulons être sûrs que rien ne change. Nous ferons donc de nouvelles images.
    .p2 = Si cela change, il faudra peut-être une biopsie, un petit prélèvement. Merci de venir à votre rendez-vous.
means-M3 = Ce que cela veut dire
    .p1 = Ces images ne nous disent pas ce que c'est. Il vous faut d'autres examens. Ce peut être une biopsie, un petit prélèvement.
means-4 = Ce que cela veut dire
    .p1 = Les images ne suffisent pas pour savoir ce que c'est. C'est peut-être un cancer, ou peut-être pas.
    .p2 = Une biopsie est un petit prélèvement. Le plus souvent, elle donne la réponse. Votre équipe vérifie ensuite que le résultat correspond à vos images.
means-4C = Ce que cela veut dire
    .p1 = Ce que nous avons vu nous préoccupe. Cela pourrait être un cancer. Les images ne suffisent pas pour en être sûr.
    .p2 = Une biopsie est un petit prélèvement. Le plus souvent, elle donne la réponse. Merci de ne pas attendre.
means-5 = Ce que cela veut dire
    .p1 = Sur vos images, cela ressemble à un cancer. Les images ne suffisent pas pour en être sûr.
    .p2 = Une biopsie est un petit prélèvement. Le plus souvent, elle donne la réponse. Merci de ne pas attendre. Nous serons avec vous à chaque étape.
means-6 = Ce que cela veut dire
    .p1 = Une biopsie a déjà montré ce cancer. Votre équipe de soins prépare ou poursuit votre traitement avec vous.
means-P = Ce que cela veut dire
    .p1 = Un laboratoire analyse votre tissu. Son résultat décide de la suite.
means-benign = Ce que cela veut dire
    .p1 = Le tissu est bénin. Cela veut dire que ce n'est pas un cancer.
    .p2 = Votre prochain contrôle reste important.
means-benign-fits =
    .p1 = Votre équipe de soins a vérifié que cela correspond à vos images.
means-high-risk = Ce que cela veut dire
    .p1 = Ces cellules ne sont pas un cancer. Elles peuvent augmenter le risque de cancer plus tard, ou se trouver près d'un cancer.
    .p2 = Un spécialiste doit donc parler avec vous de la suite.
means-dcis = Ce que cela veut dire
    .p1 = Les cellules sont dans les canaux du lait. L'examen ne les a pas vues en dehors des canaux.
    .p2 = Un CCIS peut venir avec un cancer qui s'étend, ou y mener plus tard. C'est pourquoi on le traite.
means-invasive = Ce que cela veut dire
    .p1 = C'est une nouvelle difficile. Nous sommes là pour vous. Votre équipe de soins vous verra vite pour préparer vos soins.
    .p2 = Il y a des traitements pour le cancer du sein. Celui qui vous convient dépend de vos résultats.
means-repeat = Ce que cela veut dire
    .p1 = Le prélèvement n'en a pas montré assez. Nous ne pouvons donc pas encore dire ce que c'est. Il vous faut une étape de plus.
means-step = Ce que cela veut dire
    .p1 = Votre équipe de soins a regardé votre résultat et conseille l'étape ci-dessous. Elle peut vous dire pourquoi.
means-held = Ce que cela veut dire
    .p1 = Ce n'est pas encore un résultat. Vos médecins veulent être sûrs avant de vous dire quoi faire.

## What happens next

next-held = Les prochaines étapes
    .p1 = Vos médecins vont vérifier votre résultat. Ensuite, votre équipe de soins vous appelle ou vous écrit.
    .p2 = { $reach ->
        [phone] Vous n'avez pas à nous attendre. Si vous avez des questions, appelez-nous au { $phone }.
       *[team] Vous n'avez pas à attendre. Si vous avez des questions, appelez votre équipe de soins.
      }
next-choice = C'est votre choix
    .p1 = Vous pouvez dire non à tout examen. Parlez d'abord avec nous. Nous vous dirons ce que l'attente peut changer.

step-routine-screening = Votre prochaine mammographie de routine
    .p1 = Des mammographies régulières aident à trouver tôt un changement.
step-short-interval-mammogram = Mammographie de contrôle
    .p1 = Nous regardons si les points ont changé. Venez même si vous allez bien.
step-magnification-views = Radios agrandies
    .p1 = Elles montrent les points mieux que les premières images.
step-additional-views = Autres radios du sein
    .p1 = Nous devons voir votre sein sous d'autres angles.
step-diagnostic-mammogram = Mammographie plus détaillée
    .p1 = Nous faisons plus d'images de la partie à mieux voir.
step-ultrasound = Échographie
    .p1 = Des ondes sonores montrent l'intérieur de votre sein.
step-breast-mri = IRM du sein
    .p1 = Un aimant puissant fait des images très précises de vos seins.
step-obtain-priors = Vos anciennes images du sein
    .p1 = Nous les comparons avec les nouvelles. Dites-nous où elles ont été faites.
step-stereotactic-biopsy = Biopsie à l'aiguille guidée par radio
    .p1 = Un médecin prend de tout petits morceaux des points. Un laboratoire les analyse.
step-ultrasound-guided-biopsy = Biopsie à l'aiguille guidée par échographie
    .p1 = Un médecin prend de tout petits morceaux. Un laboratoire les analyse.
step-mri-guided-biopsy = Biopsie à l'aiguille guidée par IRM
    .p1 = Un médecin prend de tout petits morceaux. Un laboratoire les analyse.
step-biopsy = Biopsie
    .p1 = Un médecin prend un petit morceau de tissu. Un laboratoire l'analyse.
step-surgical-biopsy = Biopsie par chirurgie
    .p1 = Un chirurgien enlève un petit morceau de tissu. Un laboratoire l'analyse.
step-fine-needle-aspiration = Ponction à l'aiguille fine
    .p1 = Un médecin prend quelques cellules avec une aiguille fine. Un laboratoire les analyse.
step-clinician-call = Appel de votre médecin
    .p1 = Votre médecin vous explique le résultat et répond à vos questions.
step-surgical-consult = Rendez-vous avec un chirurgien du sein
    .p1 = Le chirurgien vous explique la suite.
step-oncology-referral = Rendez-vous avec l'équipe de cancérologie
    .p1 = Elle prépare votre traitement avec vous.
step-specialist-referral = Rendez-vous avec un spécialiste du sein
    .p1 = Le spécialiste vous explique la suite.
step-obtain-pathology = Obtenir le résultat de votre prélèvement
    .p1 = Il décide de la suite. N'attendez pas le contrôle annuel avant que votre équipe de soins l'ait vu.
step-repeat-biopsy = Une nouvelle biopsie
    .p1 = Il nous faut un autre prélèvement pour être sûrs.
step-discordance-review = Votre équipe de soins compare vos résultats
    .p1 = Elle regarde si le résultat du laboratoire correspond à vos images.
step-residual-review = Regarder de près les points encore là
    .p1 = On voit encore des points. Votre équipe de soins décidera quoi faire.
step-post-operative-baseline = Première mammographie après l'opération
    .p1 = Elle montre comment est votre sein maintenant. On y comparera les images suivantes.
step-surveillance-mammogram = Mammographie de suivi
    .p1 = Elle aide à trouver tôt un changement.
step-clinical-examination = Examen des seins par votre médecin
    .p1 = Votre médecin examine vos seins avec les mains. Certains changements ne se voient pas sur les images.
step-clinical-follow-up = Rendez-vous avec votre médecin
    .p1 = Votre médecin vous demande comment vous allez et examine vos seins.
step-supplemental-mri-discussion = Une IRM en plus de la mammographie peut-elle m'aider ?
    .p1 = Elle peut aider certaines personnes plus à risque.
step-density-discussion = Que veut dire un sein dense pour moi ?
    .p1 = Un tissu dense est courant. Il peut cacher des choses sur une mammographie.
step-genetic-counselling = Dois-je voir un expert du risque familial ?
    .p1 = Certains changements des gènes se transmettent dans la famille et changent le plan.
step-support-referral = Qui peut m'aider avec mes soucis ?
    .p1 = Nous pouvons vous aider à trouver quelqu'un à qui parler.
step-other = Une étape de plus dans vos soins
    .p1 = Votre équipe de soins vous l'expliquera.

## At the visit

visit-mammogram = Comment se passe la mammographie
    .p1 = Une personne place votre sein sur une plaque et le presse quelques secondes. Cela peut être désagréable.
    .p2 = Prévoyez environ 30 minutes. Un médecin lit les images. Demandez quand vous aurez le résultat.
visit-ultrasound = Comment se passe l'échographie
    .p1 = Vous êtes allongée ou allongé. On met un gel tiède sur la peau et on passe une petite sonde. Cela ne fait pas mal.
visit-mri = Comment se passe l'IRM
    .p1 = Vous êtes sur le ventre dans une machine bruyante. On peut mettre un produit dans une veine. Prévoyez environ une heure.
    .p2 = Dites-nous avant si vous avez du métal dans le corps ou peur des espaces fermés.
visit-stereotactic = Comment se passe la biopsie
    .p1 = Votre sein est tenu comme pour une mammographie. Une piqûre endort la peau. Puis le médecin fait une toute petite coupure.
    .p2 = Une aiguille prend de petits morceaux et nous les passons en radio. Un tout petit repère reste dans votre sein pour marquer l'endroit.
    .p3 = Prévoyez environ une heure. Dites-nous si vous prenez un médicament qui fluidifie le sang. Le laboratoire met quelques jours.
visit-needle = Comment se passe la biopsie
    .p1 = Une piqûre endort la peau. Nous trouvons l'endroit avec des images. Une aiguille prend de petits morceaux.
    .p2 = Prévoyez environ une heure. Dites-nous si vous prenez un médicament qui fluidifie le sang. Le laboratoire met quelques jours.
visit-surgical = Comment se passe l'opération
    .p1 = Un médicament fait que vous ne sentez pas de douleur. Le chirurgien enlève le tissu. Le plus souvent, vous rentrez le jour même.
    .p2 = Dites-nous si vous prenez un médicament qui fluidifie le sang. Le laboratoire met quelques jours.
visit-talk = Comment se passe l'entretien
    .p1 = Apportez vos questions et venez avec une personne de confiance. Vous pouvez prendre des notes. Demandez une pause si besoin.

## Good to know

what-balanced = Que sont les calcifications ?
    .p1 = Ce sont de tout petits points de calcium dans le sein. Elles sont courantes, surtout avec l'âge. On ne les sent pas et elles ne font pas mal.
    .p2 = La plupart sont sans danger. Certaines peuvent être un signe précoce de cancer. Nous les regardons donc toutes avec soin.
what-open = Que sont les calcifications ?
    .p1 = Ce sont de tout petits points de calcium dans le sein. Elles sont courantes, surtout avec l'âge. On ne les sent pas et elles ne font pas mal.
    .p2 = Certaines sont sans danger. D'autres peuvent être un signe précoce de cancer. Un prélèvement le montre.
what-plain = Que sont les calcifications ?
    .p1 = Ce sont de tout petits points de calcium dans le sein. On ne les sent pas et elles ne font pas mal.
get-rid = Faut-il enlever les points ?
    .p1 = Il n'est pas nécessaire d'enlever les points. Ce qui compte, c'est pourquoi ils sont là.
can-it-spread = Les points peuvent-ils s'étendre ?
    .p1 = Non. Ils sont minéraux, comme des grains de sable. Ils ne bougent pas et ne deviennent pas un cancer.
    .p2 = Mais ils peuvent être un signe de cancer ou de CCIS, une forme très précoce. C'est pourquoi le résultat du prélèvement compte.
cause-diffuse = Des points dans les deux seins
    .p1 = Vos points sont répartis dans les deux seins. C'est courant.
cause-vascular = Des points dans les vaisseaux
    .p1 = Certains de vos points sont dans la paroi de vaisseaux du sang. C'est courant avec l'âge.
cause-vascular-heart = Des points dans les vaisseaux et votre cœur
    .p1 = Ces points peuvent accompagner une maladie du cœur. Demandez à votre médecin s'il faut vérifier votre cœur.
cause-skin = Des points dans la peau
    .p1 = Certains de vos points sont dans la peau, pas dans le sein.
cause-coarse = De gros points
    .p1 = Certains de vos points sont gros. Ils peuvent se former dans une ancienne boule qui n'est pas un cancer.
cause-rod = Des points en bâtonnets
    .p1 = Certains de vos points sont dans des canaux du lait élargis. C'est courant après 60 ans.
cause-rim = Des points en anneau
    .p1 = Certains de vos points sont ronds et clairs au milieu. Ils peuvent se former autour d'un kyste ou après un choc.
cause-dystrophic = Des points dans une cicatrice
    .p1 = Certains de vos points sont dans une cicatrice. Ils peuvent se former après une opération, des rayons ou un choc.
cause-milk = Des points dans de petits kystes
    .p1 = Certains de vos points sont du calcium qui flotte dans de petits kystes.
cause-suture = Des points autour de fils
    .p1 = Certains de vos points sont autour de fils d'une ancienne opération.
density-dense = Sein dense
    .p1 = Le tissu de vos seins est dense. C'est courant. Il peut cacher des choses sur une mammographie.
lifestyle = Prendre soin de vous
    .p1 = Il est bon de bouger souvent, d'avoir un poids sain, de boire peu d'alcool et de ne pas fumer. C'est bon pour tout le corps.

self-awareness = Les changements à nous signaler
    .p1 = Aucun examen ne trouve tout. Appelez-nous donc vite si vous notez un de ces signes, même après un bon résultat :
    .i1 = une boule dans le sein ou sous le bras
    .i2 = une peau rouge, épaisse ou creusée
    .i3 = un mamelon qui change ou qui coule
    .i4 = un sein qui change de taille ou de forme
    .i5 = une douleur qui ne part pas

spots-no-signs =
    .p1 = Les points de calcium ne causent pas ces changements. Ne pensez pas qu'ils viennent des points.

copies = Votre compte rendu et vos images
    .p1 = Vous pouvez avoir une copie de votre compte rendu et de vos images. Vous pouvez les montrer à tout médecin.
gp-copy = Votre médecin traitant
    .p1 = Nous envoyons une copie de cette lettre à votre médecin traitant.
second-opinion = Un deuxième avis
    .p1 = Vous pouvez demander à un autre médecin de regarder votre résultat. Beaucoup de gens le font.
    .p2 = Prenez vos images et votre compte rendu. Après une biopsie, demandez aussi les lames du laboratoire.
    .p3 = Merci de ne pas repousser l'examen conseillé en attendant.
moving-abroad =
    .p1 = Si vous déménagez, même dans un autre pays, ou changez de médecin, prenez-les avec vous, avec les résultats du laboratoire.

support = Du soutien pour vous
    .p1 = Attendre peut être dur. Il est normal de s'inquiéter. Parlez avec une personne de confiance.
    .p2 = { $reach ->
        [phone] Nous sommes là pour vos questions. Appelez-nous au { $phone }.
       *[team] Votre équipe de soins est là pour vos questions.
      }
support-nurse = Votre infirmière spécialisée
    .p1 = Vous pouvez appeler : { $nurse }.
support-contact = Quelqu'un à qui parler
    .p1 = Vous pouvez parler de ce que vous ressentez avec : { $contact }.
support-crisis = Si vous n'en pouvez plus
    .p1 = Appelez tout de suite ce numéro : { $crisis }.

questions-routine = Questions que vous pouvez poser
    .i1 = Qu'avez-vous vu sur mes images ?
    .i2 = Quand est ma prochaine mammographie ?
    .i3 = Mon histoire familiale change-t-elle le plan ?
    .i4 = Mon tissu est-il dense ? Qu'est-ce que cela veut dire pour moi ?
    .i5 = Pour quels changements dois-je appeler ?
    .i6 = Comment avoir une copie de mes images ?
questions-recall = Questions que vous pouvez poser
    .i1 = Qu'avez-vous vu sur mes images ?
    .i2 = Pourquoi cette étape et pas une autre ?
    .i3 = Quand faut-il la faire ? Et si j'attends ?
    .i4 = Que se passe-t-il au rendez-vous ?
    .i5 = Qui me donne le résultat, et quand ?
    .i6 = Mon histoire familiale change-t-elle le plan ?
    .i7 = Comment avoir une copie de mes images ?
questions-check = Questions que vous pouvez poser
    .i1 = Qu'avez-vous vu sur mes images ?
    .i2 = Pourquoi revérifier et ne pas faire une biopsie maintenant ?
    .i3 = Quand sont mes prochains contrôles ?
    .i4 = Et si les points changent ? Et si j'attends ?
    .i5 = Qui me donne le résultat, et quand ?
    .i6 = Mon histoire familiale change-t-elle le plan ?
    .i7 = Comment avoir une copie de mes images ?
questions-biopsy = Questions que vous pouvez poser
    .i1 = Qu'avez-vous vu sur mes images ?
    .i2 = Pourquoi cette biopsie et pas une autre ?
    .i3 = Quand faut-il la faire ? Et si j'attends ?
    .i4 = Comment me préparer ? Puis-je prendre mes médicaments ?
    .i5 = Qui m'appelle avec le résultat, et quand ?
    .i6 = Et si le résultat n'est pas clair ?
    .i7 = Mon histoire familiale change-t-elle le plan ?
questions-tissue = Questions que vous pouvez poser
    .i1 = Qu'a trouvé le laboratoire ?
    .i2 = Le résultat correspond-il à mes images ?
    .i3 = Reste-t-il des points dans mon sein ?
    .i4 = Quelle est la suite, et quand ? Et si j'attends ?
    .i5 = Mon histoire familiale change-t-elle le plan ?
    .i6 = Qui appeler si j'ai des questions ?
    .i7 = Puis-je avoir mes images et le compte rendu du laboratoire ?
questions-treatment = Questions que vous pouvez poser
    .i1 = Qu'ont trouvé les examens, exactement ?
    .i2 = Quels sont mes choix ? Que conseillez-vous, et pourquoi ?
    .i3 = Que se passe-t-il si j'attends ?
    .i4 = Que change chaque choix dans ma vie de tous les jours ?
    .i5 = Qui dirige mes soins ? Qui appeler ?
    .i6 = Ma famille doit-elle faire des examens ?
    .i7 = Puis-je avoir mes images et le compte rendu du laboratoire ?
questions-held = Questions que vous pouvez poser
    .i1 = Que vérifiez-vous ?
    .i2 = Quand aurai-je de vos nouvelles ?
    .i3 = Qui va m'appeler ?
    .i4 = Que puis-je faire en attendant ?
    .i5 = Qui appeler si j'ai des questions ?
    .i6 = Comment avoir une copie de mon compte rendu ?

clinician = Qui est responsable
    .p1 = { $clinician } est responsable de la lecture de votre examen.
language-help = Aide pour cette lettre
    .p1 = Vous voulez cette lettre dans une autre langue, en gros caractères ou lue à voix haute ? { $reach ->
        [phone] Appelez-nous au { $phone }.
       *[team] Demandez à votre équipe de soins.
      }
interpreter-line = Interprète
    .p1 = Pour un interprète, appelez le { $interpreter }.

## Numbers, always out of 100 and with both sides

number-0 = Sur 100 personnes rappelées, environ { $low } { $low ->
    [one] a
   *[other] ont
  } un cancer. Environ { $restLow } n'en ont pas.
number-0-words = La plupart des personnes rappelées n'ont pas de cancer. Certaines en ont un.
number-3 = Sur 100 personnes avec un tel résultat, environ { $restLow } n'ont pas de cancer. Environ { $low } en ont un.
number-range = Sur 100 personnes avec un tel résultat, entre { $low } et { $high } ont un cancer. Entre { $restHigh } et { $restLow } n'en ont pas.
number-4 = Beaucoup de biopsies ne montrent pas de cancer. Certaines en montrent un.
